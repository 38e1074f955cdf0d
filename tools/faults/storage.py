"""What disks, file systems, clocks, other builds and other people do to a build, a row a fault: part of `campaign`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from tools.faults import company, denials, disks, shelves
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
    "dates from 1970 to 2100": shelves.odd_dates,
    "cache deleted during a build": shelves.deleted,
    "cache deleted all the time": shelves.under_fire,
    "cache --prune all during a build": shelves.pruned,
    **{f"{kind} deleted during a build": partial(shelves.deleted_pieces, kind=kind) for kind in shelves.KINDS},
    **{f"{kind} damaged": partial(shelves.damaged, kind=kind) for kind in shelves.KINDS},
    "takes of another version": shelves.of_another_version,
    "two builds of one file": company.twice_at_once,
    "three builds on one cache": company.at_once_elsewhere,
    "ten builds at once": company.many_at_once,
    "asleep while others build and prune": company.asleep,
    "killed while another waits": company.killed_in_company,
    "book or voices change": company.changed_under_it,
    "output taken away or replaced": company.output_taken_away,
    "book taken away": company.book_taken_away,
}
