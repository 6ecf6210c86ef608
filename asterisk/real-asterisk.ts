import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../edge-relay/until.ts';

const project = join(__dirname, '..');
/** Where a Debian with Asterisk in it may lie: `npm run lab` installs it. */
const ROOT = join(project, '.local/asterisk');
/** Below that root; nothing of the installed Asterisk's own is touched. */
const LAB = '/tmp/earshot-lab';
const CONSOLE_MS = 5_000;
const BOOT_MS = 55_000;

export const isAsteriskHere = existsSync(join(ROOT, 'usr/sbin/asterisk'));

export interface Ports {
  readonly ami: number;
  readonly amiTls: number;
  readonly sip: number;
  readonly audioSocket: number;
  readonly http: number;
}

/** A real Asterisk with the files of `asterisk/etc`, telephones that answer and speak, and a trunk; all of it itself. */
export class RealAsterisk {
  readonly #process: ChildProcess;
  /** Where its recordings come to lie. */
  static readonly recordings = join(ROOT, LAB, 'monitor');

  /** Its manager interface's certificate, in PEM. */
  static readonly certificate = join(ROOT, LAB, 'etc/asterisk.pem');

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** `sounds`: WAV files by name, which `Playback` plays. */
  static async start(ports: Ports, sounds: Readonly<Record<string, Buffer>>): Promise<RealAsterisk> {
    rmSync(join(ROOT, LAB), { recursive: true, force: true });
    for (const folder of ['etc/manager.d', 'run', 'log', 'spool', 'db', 'cache', 'sounds', 'agi', 'monitor'])
      mkdirSync(join(ROOT, LAB, folder), { recursive: true });
    for (const [name, file] of Object.entries(configuration(ports))) writeFileSync(join(ROOT, LAB, 'etc', name), file);
    for (const name of readdirSync(join(project, 'asterisk/etc')))
      writeFileSync(
        join(ROOT, LAB, 'etc', placeOf(name)),
        adapted(readFileSync(join(project, 'asterisk/etc', name), 'utf8'), ports),
      );
    makeCertificate();
    copyFileSync(join(project, 'asterisk/earshot-eagi.pl'), join(ROOT, LAB, 'agi/earshot-eagi.pl'));
    for (const [name, file] of Object.entries(sounds)) writeFileSync(join(ROOT, LAB, 'sounds', `${name}.wav`), file);
    const child = spawn('chroot', [ROOT, 'asterisk', '-C', `${LAB}/etc/asterisk.conf`, '-f'], { stdio: 'ignore' });
    const asterisk = new RealAsterisk(child);
    const hasBooted = () => {
      if (child.exitCode !== null) throw new Error(`Asterisk ended: see ${join(ROOT, LAB, 'log')}`);
      return /fully booted/i.test(asterisk.command('core waitfullybooted'));
    };
    await until(hasBooted, { timeoutMs: BOOT_MS, intervalMs: 200 });
    return asterisk;
  }

  /** What the console answers; nothing while there is none. */
  command(line: string): string {
    try {
      return execFileSync('chroot', [ROOT, 'asterisk', '-C', `${LAB}/etc/asterisk.conf`, '-rx', line], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: CONSOLE_MS,
      });
    } catch {
      return '';
    }
  }

  /** Somebody calls an extension from outside and speaks. */
  call(extension: string): void {
    this.command(`channel originate PJSIP/${extension}@trunk application Playback ${LAB}/sounds/caller`);
  }

  hangUp(): void {
    this.command('channel request hangup all');
  }

  async stop(): Promise<void> {
    this.command('core stop now');
    await until(() => this.#process.exitCode !== null, { intervalMs: 50 });
  }
}

const placeOf = (name: string) => (name.startsWith('manager.d-') ? name.replace('-', '/') : name);

/** Signed by itself, for `127.0.0.1`; with its key. */
function makeCertificate(): void {
  const [key, certificate] = [join(ROOT, LAB, 'etc/asterisk.key'), RealAsterisk.certificate];
  const subject = ['-subj', '/CN=asterisk.example', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const options = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject];
  execFileSync('openssl', ['req', ...options, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  writeFileSync(certificate, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'));
}

/** The places that the files' readers fill in. */
function adapted(file: string, { audioSocket, http }: Ports): string {
  return file
    .replaceAll('127.0.0.1:9093', `127.0.0.1:${audioSocket}`)
    .replaceAll('127.0.0.1:9094', `127.0.0.1:${http}`)
    .replaceAll('/var/spool/asterisk/monitor/earshot', `${LAB}/monitor`);
}

/** Telephones and trunk are this Asterisk too, so that every call comes and goes as SIP and RTP. */
function configuration({ ami, amiTls, sip }: Ports): Record<string, string> {
  const endpoint = (name: string) => `
[${name}]
type = endpoint
context = ${name}
disallow = all
allow = slin
direct_media = no
aors = ${name}
[${name}]
type = aor
contact = sip:127.0.0.1:${sip}
`;
  return {
    'asterisk.conf': `[directories]
astcachedir => ${LAB}/cache
astetcdir => ${LAB}/etc
astmoddir => ${moduleFolder()}
astvarlibdir => /var/lib/asterisk
astdbdir => ${LAB}/db
astkeydir => ${LAB}/db
astdatadir => /usr/share/asterisk
astagidir => ${LAB}/agi
astspooldir => ${LAB}/spool
astrundir => ${LAB}/run
astlogdir => ${LAB}/log
`,
    'logger.conf': '[general]\n[logfiles]\nmessages.log => notice,warning,error\n',
    'modules.conf': '[modules]\nautoload = yes\n',
    'manager.conf': `[general]\nenabled = yes\nport = ${ami}\nbindaddr = 127.0.0.1
tlsenable = yes\ntlsbindaddr = 127.0.0.1:${amiTls}\ntlscertfile = ${LAB}/etc/asterisk.pem\ntlsprivatekey = ${LAB}/etc/asterisk.pem
#include "manager.d/*.conf"
[deaf]\nsecret = CHANGE-ME\nread =\nwrite = originate
[calls-only]\nsecret = CHANGE-ME\nread = call\nwrite = originate
[no-taps]\nsecret = CHANGE-ME\nread = call,agent,user
[console]\nsecret = CHANGE-ME\nread = call,user\nwrite = originate,command
`,
    'pjsip.conf': `[udp]
type = transport
protocol = udp
bind = 127.0.0.1:${sip}
${endpoint('phones')}${endpoint('trunk')}
[from-anywhere]
type = endpoint
context = incoming
disallow = all
allow = slin
direct_media = no
[from-anywhere]
type = identify
endpoint = from-anywhere
match = 127.0.0.1
`,
    'queues.conf': `[support]
strategy = ringall
member => PJSIP/agent@phones,0,Dana Wills,Custom:agent
[sales]
strategy = ringall
member => Local/6001@from-queue/n,0,Femi Ojo,Custom:agent
#include "queues-earshot-tap.conf"
`,
    'extensions.conf': `[incoming]
exten => agent,1,Answer()
 same => n,Playback(${LAB}/sounds/agent)
 same => n,Wait(20)
exten => dial,1,Dial(PJSIP/agent@phones,20)
exten => queue,1,Queue(sales)
exten => dial-tap,1,Gosub(earshot-call,s,1)
 same => n,Dial(PJSIP/agent@phones,20,U(earshot-tap^Dana Wills))
exten => queue-tap,1,Gosub(earshot-call,s,1)
 same => n,Queue(support)
exten => record,1,Gosub(earshot-record,s,1)
 same => n,Dial(PJSIP/agent@phones,20)
exten => record-wideband,1,Gosub(earshot-record,wideband,1)
 same => n,Dial(PJSIP/agent@phones,20)
exten => record-stereo,1,Gosub(earshot-record,stereo,1)
 same => n,Dial(PJSIP/agent@phones,20)
exten => listen,1,Gosub(earshot-listen,s,1)
[from-queue]
exten => 6001,1,Dial(PJSIP/agent@phones,20)
#include "extensions-earshot-tap.conf"
#include "extensions-earshot-recordings.conf"
#include "extensions-earshot-eagi.conf"
`,
  };
}

function moduleFolder(): string {
  const folder = '/usr/lib/x86_64-linux-gnu/asterisk/modules';
  return existsSync(join(ROOT, folder)) ? folder : folder.replace('x86_64', 'aarch64');
}
