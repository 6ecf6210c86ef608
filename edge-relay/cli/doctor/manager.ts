import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type AmiHeaders, type AmiMessage, MessageParser, writeMessage } from '../../capture/ami/protocol.ts';
import type { RelaySettings } from '../../settings.ts';
import { type Diagnosis, ok, problem, warning } from './finding.ts';

const RELOAD = 'then asterisk -rx "manager reload"';
const CONNECT_MS = 5_000;

/** Logs in to Asterisk's manager interface, and checks the rights of the user. */
export async function checkManager(settings: RelaySettings): Promise<Diagnosis> {
  const { EARSHOT_AMI_HOST: host, EARSHOT_AMI_PORT: port, EARSHOT_AMI_USER: user } = settings;
  if (host === undefined) return ok('not used: EARSHOT_AMI_HOST is not set');
  const address = `${host}:${port}`;
  let socket: Socket | undefined;
  try {
    socket = await reach(host, port);
    const manager = new Manager(socket);
    if (!(await manager.greets()))
      return problem(`${address} is no manager interface`, 'Check EARSHOT_AMI_HOST and EARSHOT_AMI_PORT.');
    const login = await manager.ask({ Action: 'Login', Username: user, Secret: settings.EARSHOT_AMI_SECRET });
    if (login.get('Response') !== 'Success')
      return problem(
        `${address} refuses the login of ${user}`,
        `Compare EARSHOT_AMI_USER and EARSHOT_AMI_SECRET with manager.conf, and see that its permit names this machine, ${RELOAD}.`,
      );
    // The names of the actions that this user may send are headers of the answer.
    const allowed = await manager.ask({ Action: 'ListCommands' });
    const { EARSHOT_AMI_TAP: tap, EARSHOT_CONTROL_URL: controlUrl } = settings;
    if (tap === 'off' && controlUrl !== undefined && !allowed.has('Originate'))
      return warning(
        `${address} takes the login of ${user}, but lets it call nobody`,
        `Supervisors and ringing alerts need write = originate in manager.conf, ${RELOAD}.`,
      );
    if (tap === 'on' && !allowed.has('Originate'))
      return problem(
        `${address} takes the login of ${user}, but lets it open no taps`,
        `Give the user write = originate in manager.conf, ${RELOAD}; or set EARSHOT_AMI_TAP=off where the dialplan places the taps.`,
      );
    return ok(`${address} takes the login of ${user}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED')
      return problem(
        `${address} refuses connections`,
        `Set enabled = yes, and a bindaddr this machine can reach, under [general] in manager.conf, ${RELOAD}.`,
      );
    return problem(
      `${address} does not answer (${message})`,
      'Check EARSHOT_AMI_HOST, and that no firewall stands in between.',
    );
  } finally {
    socket?.destroy();
  }
}

/** How many calls are bridged in Asterisk now; 0 where it cannot be queried. */
export async function bridgedCalls(settings: RelaySettings): Promise<number> {
  const { EARSHOT_AMI_HOST: host, EARSHOT_AMI_PORT: port, EARSHOT_AMI_USER: user } = settings;
  if (host === undefined) return 0;
  let socket: Socket | undefined;
  try {
    socket = await reach(host, port);
    const manager = new Manager(socket);
    await manager.ask({ Action: 'Login', Username: user, Secret: settings.EARSHOT_AMI_SECRET });
    const bridges = await manager.list({ Action: 'BridgeList' });
    return bridges.filter((bridge) => Number(bridge.get('BridgeNumChannels')) >= 2).length;
  } catch {
    return 0;
  } finally {
    socket?.destroy();
  }
}

async function reach(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, timeout: CONNECT_MS });
  socket.on('timeout', () => socket.destroy(new Error('no answer in 5 s')));
  await once(socket, 'connect');
  return socket;
}

/** A session that sends one action at a time and waits for its response. */
class Manager {
  readonly #socket: Socket;
  readonly #greeting: Promise<boolean>;
  #onMessage: (message: AmiMessage) => void = () => undefined;
  #onEnd: (error: Error) => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    const parser = new MessageParser((message) => {
      this.#onMessage(message);
    });
    this.#greeting = new Promise((resolve) => {
      socket.once('data', (chunk: Buffer) => {
        resolve(chunk.toString('latin1').startsWith('Asterisk Call Manager/'));
      });
      socket.once('close', () => {
        resolve(false);
      });
    });
    socket.on('data', (chunk: Buffer) => {
      parser.push(chunk);
    });
    socket.on('error', (error) => {
      this.#onEnd(error);
    });
    socket.on('close', () => {
      this.#onEnd(new Error('the connection was closed'));
    });
  }

  /** False when it is something else that listens there. */
  greets(): Promise<boolean> {
    return this.#greeting;
  }

  ask(action: AmiHeaders): Promise<AmiMessage> {
    return this.#send<AmiMessage>(action, (message, resolve) => {
      if (message.has('Response')) resolve(message);
    });
  }

  /** The items of an action that answers with a list. */
  list(action: AmiHeaders): Promise<AmiMessage[]> {
    const items: AmiMessage[] = [];
    return this.#send<AmiMessage[]>(action, (message, resolve, reject) => {
      if (message.get('Response') === 'Error') reject(new Error(message.get('Message')));
      else if (message.get('EventList') === 'Complete') resolve(items);
      else items.push(message);
    });
  }

  #send<T>(
    action: AmiHeaders,
    take: (message: AmiMessage, resolve: (value: T) => void, reject: (error: Error) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#onMessage = (message) => {
        take(message, resolve, reject);
      };
      this.#onEnd = reject;
      this.#socket.write(writeMessage(action));
    });
  }
}
