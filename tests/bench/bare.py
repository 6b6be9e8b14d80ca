"""A bare pygame window: a picture, a paragraph and three choices, and nothing else. The floor that Upstream is held to.

python tests/bench/bare.py        prints `shown SECONDS` at the first full frame, then sleeps until it is killed
"""

import os
import sys
import time

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")

import pygame

pygame.display.init()
pygame.font.init()
window = pygame.Window("bare", (1280, 720))
surface = window.get_surface()
font = pygame.font.Font(sys.argv[1], 22)
picture = pygame.image.load_sized_svg(sys.argv[2], (1280, 720)).convert()
surface.blit(picture, (0, 0))
lines = [
    "The kitchen clock says 8.31. Marcus has been in the hall since eight.",
    "What do you do first?",
    "1",
    "2",
    "3",
]
for row, line in enumerate(lines):
    surface.blit(font.render(line, True, "#17252e"), (600, 100 + 60 * row))
window.flip()
print("shown", time.time(), flush=True)
while not any(event.type == pygame.QUIT for event in pygame.event.get()):
    time.sleep(0.1)
