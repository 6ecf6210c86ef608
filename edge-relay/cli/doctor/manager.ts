import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { pino } from 'pino';
import { FrameDecoder } from '../../audiosocket/decoder.ts';
import { AmiClient, type AmiOptions } from '../../capture/ami/client.ts';
import { AmiCertificateError, connectManager } from '../../capture/ami/connection.ts';
import { amiLogin, relayAddress } from '../../capture/ami/login.ts';
import { type AmiHeaders, type AmiMessage, MessageParser, writeMessage } from '../../capture/ami/protocol.ts';
import { ManagerRights } from '../../capture/ami/rights.ts';
import { systemClock } from '../../clock.ts';
import type { RelaySettings } from '../../settings.ts';
import { ANSWER_MS, type Diagnosis, ok, problem, warning } from './finding.ts';

const RELOAD = 'then asterisk -rx "manager reload"';
const CONNECT_MS = 5_000;

/**
 * Logs in to Asterisk's manager interface, and proves the rights of its user. While a relay runs, which has the port
 * that Asterisk connects to for the proof, that relay's own findings say what is missing.
 */
export async function checkManager(settings: RelaySettings, isRelayRunning: boolean): Promise<Diagnosis> {
  const { EARSHOT_AMI_HOST: host, EARSHOT_AMI_PORT: port } = settings;
  const address = `${host ?? ''}:${port}`;
  let socket: Socket | undefined;
  try {
    const login = amiLogin(settings);
    if (!login) return ok('not used: EARSHOT_AMI_HOST is not set');
    socket = await reach(login);
    const manager = new Manager(socket);
    if (!(await manager.greets()))
      return problem(`${address} is no manager interface`, 'Check EARSHOT_AMI_HOST and EARSHOT_AMI_PORT.');
    const answer = await manager.ask({ Action: 'Login', Username: login.user, Secret: login.secret });
    if (answer.get('Response') !== 'Success')
      return problem(
        `${address} refuses the login of ${login.user}`,
        `Compare EARSHOT_AMI_USER and EARSHOT_AMI_SECRET with manager.conf, and see that its permit names this machine, ${RELOAD}.`,
      );
    return await checkRights(settings, login, isRelayRunning);
  } catch (error) {
    return explain(error as NodeJS.ErrnoException, address);
  } finally {
    socket?.destroy();
  }
}

function explain(error: NodeJS.ErrnoException, address: string): Diagnosis {
  const { code = '', message } = error;
  if (code === 'ECONNREFUSED')
    return problem(
      `${address} refuses connections`,
      `Set enabled = yes, and a bindaddr this machine can reach, under [general] in manager.conf, ${RELOAD}.`,
    );
  if (error instanceof AmiCertificateError)
    return problem(
      `${address}: ${message}`,
      'If Asterisk has a new certificate, set EARSHOT_AMI_TLS_FINGERPRINT to its fingerprint; if not, somebody stands in between.',
    );
  if (/CERT|SIGNED|SIGNATURE|ISSUER/.test(code))
    return problem(
      `${address} shows a certificate that is not trusted (${code})`,
      'Set EARSHOT_AMI_TLS_CA_FILE to the authority that signed it, or EARSHOT_AMI_TLS_FINGERPRINT to its fingerprint. A certificate also names the host it is for, as EARSHOT_AMI_HOST must.',
    );
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return problem(
      `${address} does not speak TLS (${code})`,
      `Set tlsenable, tlsbindaddr and tlscertfile under [general] in manager.conf, ${RELOAD}, and EARSHOT_AMI_PORT to the port of tlsbindaddr (5039).`,
    );
  return problem(
    `${address} does not answer (${message})`,
    'Check EARSHOT_AMI_HOST, and that no firewall stands in between.',
  );
}

async function checkRights(settings: RelaySettings, login: AmiOptions, isRelayRunning: boolean): Promise<Diagnosis> {
  const well = `${login.host}:${login.port} takes the login of ${login.user}`;
  if (isRelayRunning) return ok(`${well}; the line “relay” names what it may not do`);
  const rights = await provenRights(settings, login);
  if (!rights) return problem(`${well}, and answers no more`, `Look into Asterisk’s log.`);
  const findings = rights.findings().filter(({ found }) => !isNeedless(found, settings));
  const [found, advice] = [
    `${well}, but: ${findings.map((finding) => finding.found).join('; ')}`,
    [...new Set(findings.map((finding) => finding.advice))].join(' '),
  ];
  if (findings.some(({ isGrave }) => isGrave)) return problem(found, advice);
  if (findings.length > 0) return warning(found, advice);
  const names = [...rights.proven].sort().join(', ');
  return ok(
    rights.proven.has('agent')
      ? `${well}, who may: ${names}`
      : `${well}, who may: ${names}. Whether also read = agent shows at the first call in a queue`,
  );
}

/** Where the dialplan places the taps and nobody is to be called, the user need not originate. */
function isNeedless(found: string, { EARSHOT_AMI_TAP: tap, EARSHOT_CONTROL_URL: controlUrl }: RelaySettings): boolean {
  return tap === 'off' && controlUrl === undefined && found.includes('write = originate');
}

/** Logs in as the relay does, takes Asterisk's connection in its place, and proves what the user may do. */
async function provenRights(settings: RelaySettings, login: AmiOptions): Promise<ManagerRights | undefined> {
  const server = createServer((socket) => {
    const decoder = new FrameDecoder((frame) => {
      if (frame.kind === 'uuid' && rights.isProbe(frame.uuid)) socket.end();
    });
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        decoder.push(chunk);
      });
  });
  const port = await new Promise<number>((resolve) => {
    server.once('error', () => {
      resolve(settings.EARSHOT_AUDIOSOCKET_PORT);
    });
    server.listen(settings.EARSHOT_AUDIOSOCKET_PORT, settings.EARSHOT_AUDIOSOCKET_HOST, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
  let connected: () => void = () => undefined;
  const isConnected = new Promise<void>((resolve) => (connected = resolve));
  const client = new AmiClient(login, {
    clock: systemClock,
    log: pino({ level: 'silent' }),
    listener: {
      connected,
      event: (event) => {
        rights.see(event);
      },
      disconnected: () => undefined,
    },
  });
  const rights = new ManagerRights(
    {
      user: login.user,
      relayAddress: relayAddress(settings, port),
      isPlacing: settings.EARSHOT_AMI_TAP === 'on',
    },
    { client, clock: systemClock, newUuid: randomUUID },
  );
  let cancel: () => void = () => undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    cancel = systemClock.after(ANSWER_MS, () => {
      resolve(undefined);
    });
  });
  client.start();
  try {
    return await Promise.race([isConnected.then(() => rights.prove()).then(() => rights), tooLate]);
  } finally {
    cancel();
    await client.stop();
    server.close();
  }
}

/** How many calls are bridged in Asterisk now; 0 where it cannot be queried. */
export async function bridgedCalls(settings: RelaySettings): Promise<number> {
  let socket: Socket | undefined;
  try {
    const login = amiLogin(settings);
    if (!login) return 0;
    socket = await reach(login);
    const manager = new Manager(socket);
    await manager.ask({ Action: 'Login', Username: login.user, Secret: login.secret });
    const bridges = await manager.list({ Action: 'BridgeList' });
    return bridges.filter((bridge) => Number(bridge.get('BridgeNumChannels')) >= 2).length;
  } catch {
    return 0;
  } finally {
    socket?.destroy();
  }
}

async function reach(login: AmiOptions): Promise<Socket> {
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  const socket = connectManager(login, ready);
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('no answer in 5 s')));
  await Promise.race([isReady, once(socket, 'close')]);
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
