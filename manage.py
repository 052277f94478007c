#!/usr/bin/env python3
import os
import sys

from django.core.management import execute_from_command_line

from literature.history.acting import COMMAND, acting

OWNER_COMMANDS = {"load_cases", "migrate", "purge_image", "purge_text"}
"""What the web process's database role may not do: CASEBASE_OWNER_DATABASE_URL is used."""

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNER_COMMANDS:
        os.environ["CASEBASE_AS_OWNER"] = "1"
    with acting(way=f"{COMMAND} {command}"):
        execute_from_command_line(sys.argv)
