"""Owns what is kept on this machine: records, settings, traces. Never shows anything."""

from game.storage.documents import desk, save_document
from game.storage.folders import data_folder, write_trace
from game.storage.notices import NOTICES, Notice
from game.storage.records import Records
from game.storage.rooms import KEPT_DAYS, JournalFile, KeptRoom, KeptRooms, LeftRoom
from game.storage.save import Save
from game.storage.sessions import SessionFiles
from game.storage.settings import TEXT_SIZES, Settings

__all__ = [
    "KEPT_DAYS",
    "NOTICES",
    "TEXT_SIZES",
    "JournalFile",
    "KeptRoom",
    "KeptRooms",
    "LeftRoom",
    "Notice",
    "Records",
    "Save",
    "SessionFiles",
    "Settings",
    "data_folder",
    "desk",
    "save_document",
    "write_trace",
]
