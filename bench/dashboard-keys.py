"""Runs a program on a pseudo-terminal, presses keys and measures what it draws.

Reads a JSON object from standard input: command, cwd, env, columns, rows, opened (text of the first paint), goto
(keys to the list, and the text that shows that it is there), keys (each with the times it is pressed). Prints one:
first_paint, list (seconds), keys (seconds from key to frame), bytes (of each frame), rss_mb (highest so far).
"""

import fcntl, json, os, pty, select, struct, sys, termios, time

FRAME_END = b"\x1b[?2026l"
PATIENCE = 60


def main():
    plan = json.load(sys.stdin)
    started = time.monotonic()
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(plan["cwd"])
        os.execvpe(plan["command"][0], plan["command"], {**os.environ, **plan["env"]})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", plan["rows"], plan["columns"], 0, 0))
    until(terminal, plan["opened"].encode())
    result = {"first_paint": time.monotonic() - started, "keys": [], "bytes": []}
    started = time.monotonic()
    os.write(terminal, plan["goto"]["keys"].encode())
    until(terminal, plan["goto"]["shows"].encode())
    result["list"] = time.monotonic() - started
    for key, times in plan["keys"]:
        for _ in range(times):
            quiet(terminal)
            started = time.monotonic()
            os.write(terminal, key.encode())
            drawn = until(terminal, FRAME_END)
            result["keys"].append(time.monotonic() - started)
            result["bytes"].append(len(drawn))
    with open(f"/proc/{pid}/status") as status:
        peak = next(line for line in status if line.startswith("VmRSS"))
        result["rss_mb"] = int(peak.split()[1]) / 1024
    os.write(terminal, b"q")
    print(json.dumps(result))


def until(terminal, wanted):
    """Everything that is drawn up to and with a text."""
    seen = b""
    end = time.monotonic() + PATIENCE
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
        if not ready:
            raise SystemExit(f"{wanted!r} was not drawn: {seen[-2000:]!r}")
        seen += os.read(terminal, 65536)
    return seen


def quiet(terminal, seconds=0.15):
    """Waits until nothing has been drawn for a while: a preview that follows a key is not the next key's."""
    while select.select([terminal], [], [], seconds)[0]:
        os.read(terminal, 65536)


main()
