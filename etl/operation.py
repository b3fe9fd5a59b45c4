"""The commands of whoever runs it: backup, restore, versions, upgrade."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from etl import remote, store

# What a command needs is loaded when it runs: a build starts a tenth of a second sooner.
Commands = argparse._SubParsersAction


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    _add_backup(commands)
    _add_restore(commands)
    _add_versions(commands)
    _add_upgrade(commands)


def add_tables(command: argparse.ArgumentParser, *, reads: bool = True) -> None:
    """Add the tables that a command works on: what it `reads` is brought here first."""
    command.add_argument(
        "--tables",
        metavar="DIR",
        required=True,
        type=remote.place,
        help="folder of tables, or their address (s3://bucket/tables)",
    )
    command.set_defaults(reads=reads)


def _add_backup(commands: Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "backup",
        help="write tables, corrections and collection to one file",
        description="Write the tables in DIR, people's corrections and the collection to FILE, "
        "and say what is in it. A build may go on meanwhile. Exit status: 0 written, 1 it cannot "
        "be written, is there already, or there are no tables, 2 wrong call.",
    )
    _add_places(command, reads=True)
    command.add_argument("--out", metavar="FILE", required=True, type=Path, help="file to write")
    command.add_argument("--replace", action="store_true", help="write over FILE")
    command.set_defaults(run=_backup)


def _add_restore(commands: Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "restore",
        help="put a backup back in its place",
        description="Check every file of the backup FILE, then put its sources, its corrections "
        "and last its tables in place. Exit status: 0 restored, 1 FILE is no whole backup, or "
        "something is in the way, 2 wrong call.",
    )
    command.add_argument("file", metavar="FILE", type=Path, help="file that `backup` wrote")
    _add_places(command, reads=False)
    command.add_argument(
        "--replace",
        action="store_true",
        help="replace what is there and differs; the former tables stay among the versions, other "
        "files beside the new ones",
    )
    command.set_defaults(run=_restore)


def _add_places(command: argparse.ArgumentParser, *, reads: bool) -> None:
    add_tables(command, reads=reads)
    command.add_argument(
        "--corrections",
        metavar="FILE",
        type=Path,
        help="people's corrections (default: the file that BANMIAN_CORRECTIONS names)",
    )
    command.add_argument(
        "--sources",
        metavar="FOLDER",
        type=Path,
        help="the collection of added files (default: the folder that BANMIAN_KEEP names)",
    )


def _add_versions(commands: Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "versions",
        help="list the versions of the tables that are kept, and go back to one",
        description="List the versions of the tables in DIR, the newest first; with --use show "
        "another one of them. Exit status: 0 done, 1 there are no tables, or not that version.",
    )
    add_tables(command, reads=False)
    command.add_argument("--use", metavar="VERSION", help="make this version the current one")
    command.set_defaults(run=_versions)


def _add_upgrade(commands: Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "upgrade",
        help="bring tables of an older version up, where their sources are gone",
        description="Publish the tables in DIR with today's tables and columns. What the older "
        "version did not read stays empty: `build` is better where the sources are there. Exit "
        "status: 0 done, 1 there are no tables, or only a build can help.",
    )
    add_tables(command, reads=False)
    command.set_defaults(run=_upgrade)


def _backup(options: argparse.Namespace) -> int:
    from etl import corrections
    from etl.backup import backup
    from etl.intake import keep

    found = backup(
        options.tables,
        options.out,
        options.corrections or corrections.usual(),
        options.sources or keep.collection(),
        options.replace,
    )
    print(f"{_said(len(found.files), found.size)}, version {found.version}, in {options.out}.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from etl import corrections
    from etl.intake import keep
    from etl.restore import restore

    with remote.written(options.tables) as tables:
        found = restore(
            options.file,
            tables,
            options.corrections or corrections.named(),
            options.sources or keep.collection(),
            options.replace,
        )
    print(f"{_said(len(found.files), found.size)}, of {found.made}, version {found.version}.")
    return 0


def _said(files: int, size: int) -> str:
    return f"{files:,} files, {size / 1e6:.1f} MB"


def _versions(options: argparse.Namespace) -> int:
    if isinstance(options.tables, remote.Remote):
        return _versions_there(options.tables, options.use)
    if options.use:
        store.use(options.tables, options.use)
    current = store.resolve(options.tables).name
    for folder in store.kept(options.tables):
        built = datetime.datetime.fromtimestamp(folder.stat().st_mtime, datetime.UTC)
        mark = "*" if folder.name == current else " "
        print(f"{mark} {folder.name}  built {built:%Y-%m-%d %H:%M} UTC")
    return 0


def _versions_there(tables: remote.Remote, use: str | None) -> int:
    if use:
        tables.use(use)
    current, kept = tables.versions()
    if current is None:
        tables.fetch()
    for one in kept:
        print(f"{'*' if one == current else ' '} {one}")
    return 0


def _upgrade(options: argparse.Namespace) -> int:
    from etl import older

    with remote.written(options.tables) as tables:
        found, version = older.upgrade(tables)
    if not found:
        print(f"{options.tables}: nothing to do, these are tables of today, version {version}.")
        return 0
    columns = [f"{table}.{name}" for table, some in found.columns.items() for name in some]
    lacked = ", ".join((*found.tables, *columns))
    print(f"{options.tables}: version {version}; filled in without reading anything: {lacked}.")
    return 0
