"""The fault campaign: kills, signals, engine failures and full disks during builds. No finished work may be lost."""
