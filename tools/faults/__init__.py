"""The fault campaign: builds that are killed, stopped and starved by engines, signals and disks, and lose nothing."""
