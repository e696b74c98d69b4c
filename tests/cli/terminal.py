"""Runs a command in a terminal of its own: what comes in is typed there, what it shows goes out."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

columns, rows, *command = sys.argv[1:]

child, terminal = pty.fork()
if child == 0:
    # Before the command looks, the window has its size.
    size = struct.pack("HHHH", int(rows), int(columns), 0, 0)
    fcntl.ioctl(0, termios.TIOCSWINSZ, size)
    os.execvp(command[0], command)

sources = [terminal, 0]
while terminal in sources:
    ready, _, _ = select.select(sources, [], [])
    if terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            # How Linux says that the command is gone.
            shown = b""
        if shown:
            os.write(1, shown)
        else:
            sources.remove(terminal)
    if 0 in ready:
        typed = os.read(0, 65536)
        if typed:
            os.write(terminal, typed)
        else:
            sources.remove(0)

_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
