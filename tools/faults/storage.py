"""Faults of disks, file systems, clocks and concurrent builds: a part of the table of `campaign`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from tools.faults import caches, concurrency, denials, disks
from tools.faults.verdicts import Undisturbed, Verdict

Inflict = Callable[[Path, Undisturbed, Random], Verdict]

STORAGE: dict[str, Inflict] = {
    "disk full: cache": disks.full_cache,
    "disk full: output": disks.full_output,
    "disk full: cache, output, temporary": disks.one_small_disk,
    "disk full: temporary": disks.full_temporary,
    "no more files on the disk": disks.no_more_files,
    "cache turns read-only": disks.cache_turned_read_only,
    "finished cache is read-only": disks.finished_cache_read_only,
    "output folder is read-only": disks.read_only_output,
    "no permission: book": denials.unreadable_book,
    "no permission: output folder": denials.unwritable_output,
    "no permission: cache": denials.unwritable_cache,
    "no permission: some takes": denials.unreadable_takes,
    "a folder for output": denials.folder_for_output,
    "a write-protected output": denials.protected_output,
    "a link for output": denials.linked_output,
    "a link in a circle for output": denials.circular_output,
    "an output that is being played": denials.output_in_use,
    "chapters onto a disk's root": denials.chapters_onto_a_disk,
    "a cache with an odd name": denials.odd_cache,
    "cache, output, temporary on 3 disks": denials.cache_elsewhere,
    "a file for a folder of the cache": denials.file_for_cache,
    **{f"no {what} on the disks": partial(denials.missing_part_of, what=what) for what in denials.LACKS},
    "a clock that is off and leaps": denials.wrong_clock,
    "dates from 1970 to 2100": caches.odd_dates,
    "cache deleted during a build": caches.deleted,
    "cache deleted all the time": caches.under_fire,
    "cache --prune all during a build": caches.pruned,
    **{f"{kind} deleted during a build": partial(caches.deleted_pieces, kind=kind) for kind in caches.KINDS},
    **{f"{kind} damaged": partial(caches.damaged, kind=kind) for kind in caches.KINDS},
    "takes of another version": caches.of_another_version,
    "two builds of one file": concurrency.twice_at_once,
    "three builds on one cache": concurrency.at_once_elsewhere,
    "ten builds at once": concurrency.many_at_once,
    "asleep while others build and prune": concurrency.asleep,
    "killed while another waits": concurrency.killed_in_company,
    "book or voices change": concurrency.changed_under_it,
    "output taken away or replaced": concurrency.output_taken_away,
    "book taken away": concurrency.book_taken_away,
}
