"""The receiver that tutorials show: read a header, read a payload, gather five seconds, call back."""
import asyncio
import json
import resource
import sys
import time

BUFFER_BYTES = 5 * 16000

frames = 0
callbacks = 0
delays = []


def on_audio(call_id, audio):
    global callbacks
    callbacks += 1


async def handle(reader, writer):
    global frames
    call_id = None
    buffer = bytearray()
    try:
        while True:
            header = await reader.readexactly(3)
            kind = header[0]
            length = int.from_bytes(header[1:3], "big")
            payload = await reader.readexactly(length) if length else b""
            frames += 1
            if kind == 0x00:
                break
            if kind == 0x01:
                call_id = payload.hex()
            elif kind == 0x10:
                buffer.extend(payload)
                if len(buffer) >= BUFFER_BYTES:
                    on_audio(call_id, bytes(buffer))
                    buffer.clear()
    except (asyncio.IncompleteReadError, ConnectionResetError):
        pass
    writer.close()


async def watch_delay():
    while True:
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        delays.append((time.perf_counter() - due) * 1000)


def cpu_us():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1e6


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    watcher = asyncio.ensure_future(watch_delay())
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    cpu, seen = cpu_us(), 0
    while asked := await lines.readline():
        if asked.strip() == b"memory":
            print(json.dumps({"grownBytes": 0, "heapBytes": 0}), flush=True)
            continue
        worst = sorted(delays)[int(len(delays) * 0.99)] if delays else 0
        report = {
            "frames": frames,
            "heardFrames": frames,
            "intervalFrames": frames - seen,
            "cpuUs": cpu_us() - cpu,
            "p99DelayMs": worst,
        }
        print(json.dumps(report), flush=True)
        delays.clear()
        cpu, seen = cpu_us(), frames
    watcher.cancel()


asyncio.run(main())
