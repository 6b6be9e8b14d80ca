"""Owns what SDL must be told before pygame is imported. Never imports it."""

import os
import sys

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
if sys.platform.startswith("linux"):
    # A window that is drawn only on change gains nothing from a texture behind it; X11's own shared memory saves
    # 100 MiB and 10 ms a flip. Windows does the same by itself, and macOS has no other way than the texture.
    os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
