/** The first file descriptor that a service manager passes; see sd_listen_fds(3). */
const FIRST_DESCRIPTOR = 3;

/**
 * The listening socket that systemd passes to a service that has a socket unit: it stays open while relays follow one
 * another, so that nobody who connects is refused. Undefined where none is meant for this process.
 * @param environment with `LISTEN_PID` and `LISTEN_FDS`
 */
export function inheritedSocket(
  { LISTEN_PID: pid, LISTEN_FDS: count }: Readonly<Record<string, string | undefined>>,
  ownPid: number,
): number | undefined {
  return Number(pid) === ownPid && Number(count) >= 1 ? FIRST_DESCRIPTOR : undefined;
}
