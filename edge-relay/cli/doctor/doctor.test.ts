import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { Gauge, Registry } from 'prom-client';
import { cloudVersionOf } from '#core/contracts/version.ts';
import { version } from '../../../package.json';
import { parseSettings } from '../../config.ts';
import { FAKE_CREDENTIALS, startFakeCloud } from '../../control/cloud.fake.ts';
import { listenHealth } from '../../health.ts';
import { type FakeEventBridge, startFakeEventBridge } from '../../publish/event-bridge.fake.ts';
import { SimulatedAsterisk } from '../../sim/asterisk.ts';
import { examine, printFindings } from './doctor.ts';
import type { Diagnosis } from './finding.ts';

const SECRET = 'only-asterisk-knows';
const AWS = { AWS_REGION: 'eu-central-1' };
const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-key-of-no-one' };

describe('examine', () => {
  let folder: string;
  let bus: FakeEventBridge;
  let aws: EventBridgeClientConfig;
  const closing: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-doctor-'));
    writeFileSync(join(folder, 'script.json'), '{"caller":[]}');
    bus = await startFakeEventBridge();
    aws = { region: AWS.AWS_REGION, endpoint: bus.url, credentials: KEY };
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  const examined = async (changed: Record<string, string> = {}) => {
    const settings = {
      EARSHOT_ENGINE: 'script',
      EARSHOT_SCRIPT_FILE: join(folder, 'script.json'),
      EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
      EARSHOT_RECORDINGS_STATE_FOLDER: join(folder, 'state'),
      EARSHOT_SPOOL_MAX_MB: '1',
      EARSHOT_SPOOL_RESERVE_MB: '1',
      EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
      EARSHOT_AUDIOSOCKET_PORT: '0',
      EARSHOT_HTTP_PORT: '0',
      ...changed,
    };
    const findings = await examine(parseSettings({ ...AWS, ...settings }), aws);
    const printed = printFindings(findings);
    for (const secret of [SECRET, KEY.secretAccessKey, KEY.accessKeyId]) expect(printed).not.toContain(secret);
    for (const { verdict, advice } of findings.values()) if (verdict !== 'ok') expect(advice).toBeTruthy();
    return (name: string): Diagnosis => findings.get(name) ?? { verdict: 'problem', found: 'was not examined' };
  };
  const listening = async (server: Server): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  };

  it('finds nothing wrong with what is right, and leaves nothing behind', async () => {
    const asterisk = await SimulatedAsterisk.listen({ user: 'earshot', secret: SECRET });
    closing.push(() => asterisk.close());
    mkdirSync(join(folder, 'monitor'));
    const findings = await examined({
      EARSHOT_FALLBACK_ENGINE: 'script',
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(asterisk.port),
      EARSHOT_AMI_SECRET: SECRET,
      EARSHOT_AMI_TRUNKS: 'PJSIP/trunk-',
      EARSHOT_RECORDINGS_FOLDER: join(folder, 'monitor'),
    });
    for (const name of [
      'speech engine',
      'fallback engine',
      'event bus',
      'spool',
      'AudioSocket port',
      'HTTP port',
      'manager interface',
      'sides',
      'recordings',
      'relay',
      'calls',
    ])
      expect([name, findings(name)]).toEqual([name, expect.objectContaining({ verdict: 'ok' })]);
    expect(bus.taken).toEqual([]);
    expect(() => {
      mkdirSync(join(folder, 'spool'));
    }).not.toThrow();
  });

  it.each([
    ['the bus is missing', { code: '', status: 0 }, 'nowhere', /there is no bus nowhere/, /npm run deploy/],
    [
      'nothing is allowed',
      { code: 'AccessDeniedException', status: 400 },
      'earshot',
      /does not take events/,
      /RelayPolicy/,
    ],
    [
      'the key is wrong',
      { code: 'UnrecognizedClientException', status: 400 },
      'earshot',
      /does not take the credentials/,
      /wrong, expired/,
    ],
    ['the key is over', { code: 'ExpiredTokenException', status: 400 }, 'earshot', /ExpiredToken/, /expired/],
  ])('says what to do when %s', async (_what, refusal, name, found, advice) => {
    if (refusal.code !== '') bus.refusal = refusal;
    const finding = (await examined({ EARSHOT_BUS_NAME: name }))('event bus');
    expect(finding).toEqual({
      verdict: 'problem',
      found: expect.stringMatching(found) as string,
      advice: expect.stringMatching(advice) as string,
    });
  });

  it('is content with credentials that may do no more than a relay must', async () => {
    bus.refusal = { code: 'AccessDeniedException', status: 400, except: 'PutEvents' };
    expect((await examined())('event bus')).toMatchObject({ verdict: 'ok' });
  });

  it('sees that the clock is off, whether AWS still lets it in or not', async () => {
    bus.aheadMs = 60_000;
    expect((await examined())('event bus')).toMatchObject({
      verdict: 'warning',
      found: expect.stringMatching(/60 s slow|59 s slow/) as string,
    });
    bus.aheadMs = -3_600_000;
    bus.refusal = { code: 'InvalidSignatureException', status: 400 };
    expect((await examined())('event bus')).toMatchObject({
      verdict: 'problem',
      found: expect.stringMatching(/clock is 3[56]\d\d s fast/) as string,
      advice: expect.stringMatching(/timedatectl/) as string,
    });
  });

  it('says that EventBridge cannot be reached, and that there are no credentials', async () => {
    aws = { ...aws, endpoint: 'http://127.0.0.1:1' };
    expect((await examined())('event bus')).toMatchObject({
      found: expect.stringMatching(/cannot be reached/) as string,
    });
    const none = Object.assign(new Error('none were found'), { name: 'CredentialsProviderError' });
    aws = { ...aws, credentials: () => Promise.reject(none) };
    expect((await examined())('event bus')).toMatchObject({
      found: expect.stringMatching(/no AWS credentials/) as string,
    });
  });

  it.each([
    ['wrong secret', { EARSHOT_AMI_SECRET: 'guessed' }, /refuses the login of earshot/, /EARSHOT_AMI_SECRET/],
    ['port where nobody listens', { EARSHOT_AMI_PORT: '1' }, /refuses connections/, /enabled = yes/],
    ['name that is none', { EARSHOT_AMI_HOST: 'nowhere.invalid' }, /does not answer/, /EARSHOT_AMI_HOST/],
    ['user without rights', {}, /lacks write = originate: it opens no taps/, /write = originate/],
  ])('says what to do about a manager interface with a %s', async (what, changed, found, advice) => {
    const asterisk = await SimulatedAsterisk.listen({ user: 'earshot', secret: SECRET });
    closing.push(() => asterisk.close());
    asterisk.isOriginateDenied = what === 'user without rights';
    const findings = await examined({
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(asterisk.port),
      EARSHOT_AMI_SECRET: SECRET,
      ...changed,
    });
    expect(findings('manager interface')).toEqual({
      verdict: 'problem',
      found: expect.stringMatching(found) as string,
      advice: expect.stringMatching(advice) as string,
    });
    expect(findings('sides')).toMatchObject({ verdict: 'warning' });
  });

  it.each([
    [['agent', 'user'], 'problem', /lacks read = call: it receives no events of calls, so none is transcribed/],
    [['call', 'agent'], 'warning', /lacks read = user: .*CallTap/],
    [[], 'problem', /lacks read = call.*lacks read = user/],
    [['call', 'user', 'agent'], 'ok', /who may: call, originate, user/],
  ] as const)('proves which events come: with read = %j', async (reads, verdict, found) => {
    const asterisk = await SimulatedAsterisk.listen({ user: 'earshot', secret: SECRET });
    closing.push(() => asterisk.close());
    asterisk.reads = reads;
    const findings = await examined({
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(asterisk.port),
      EARSHOT_AMI_SECRET: SECRET,
    });
    expect(findings('manager interface')).toMatchObject({
      verdict,
      found: expect.stringMatching(found) as string,
      ...(verdict !== 'ok' && { advice: expect.stringMatching(/read = call,agent,user/) as string }),
    });
    expect(findings('AudioSocket port').verdict).toBe('ok');
  });

  it('says that Asterisk cannot reach the relay, before the first call', async () => {
    const asterisk = await SimulatedAsterisk.listen({ user: 'earshot', secret: SECRET });
    closing.push(() => asterisk.close());
    asterisk.isRelayUnreachable = true;
    const findings = await examined({
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(asterisk.port),
      EARSHOT_AMI_SECRET: SECRET,
      EARSHOT_AMI_RELAY_ADDRESS: '10.9.9.9:9093',
    });
    expect(findings('manager interface')).toMatchObject({
      verdict: 'problem',
      found: expect.stringMatching(/cannot open taps/) as string,
      advice: expect.stringMatching(/10\.9\.9\.9:9093/) as string,
    });
  });

  it('warns of a user who may call nobody, where the dialplan places the taps and supervisors are to be called', async () => {
    const asterisk = await SimulatedAsterisk.listen({ user: 'earshot', secret: SECRET });
    closing.push(() => asterisk.close());
    asterisk.isOriginateDenied = true;
    const manager = {
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(asterisk.port),
      EARSHOT_AMI_SECRET: SECRET,
      EARSHOT_AMI_TAP: 'off',
    };
    expect((await examined(manager))('manager interface')).toMatchObject({ verdict: 'ok' });
    expect(
      (await examined({ ...manager, EARSHOT_CONTROL_URL: 'http://127.0.0.1:1' }))('manager interface'),
    ).toMatchObject({
      verdict: 'warning',
      found: expect.stringMatching(/lacks write = originate: supervisors .* reach no telephone/) as string,
    });
  });

  it('distinguishes another server from a manager interface', async () => {
    const port = await listening(
      createServer((socket) => {
        socket.on('error', () => undefined).end('SSH-2.0-x\r\n');
      }),
    );
    const findings = await examined({
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(port),
      EARSHOT_AMI_SECRET: SECRET,
    });
    expect(findings('manager interface')).toMatchObject({
      verdict: 'problem',
      found: expect.stringMatching(/is no manager/) as string,
    });
  });

  it('says of engines, folders and ports what to do', async () => {
    const refusing = createHttpServer((_request, response) => {
      response.writeHead(401).end();
    });
    const taken = await listening(createServer());
    const findings = await examined({
      EARSHOT_HTTP_PORT: String(taken),
      EARSHOT_ENGINE: 'openai',
      EARSHOT_OPENAI_URL: `http://127.0.0.1:${await listening(refusing)}/v1`,
      EARSHOT_FALLBACK_ENGINE: 'sherpa',
      EARSHOT_SHERPA_MODEL: '/nowhere',
      EARSHOT_SPOOL_FOLDER: '/dev/null/spool',
      EARSHOT_RECORDINGS_FOLDER: join(folder, 'none'),
      EARSHOT_VICIDIAL_HOST: '127.0.0.1',
      EARSHOT_VICIDIAL_PORT: '1',
      EARSHOT_VICIDIAL_PASSWORD: SECRET,
    });
    const expected: [string, RegExp, RegExp][] = [
      ['speech engine', /openai: .*401/, /OPENAI_API_KEY/],
      ['fallback engine', /has no model/, /EARSHOT_LOCAL_MODEL/],
      ['HTTP port', /taken by another program/, /ss -ltnp .*EARSHOT_HTTP_PORT/],
      ['spool', /\/dev\/null\/spool cannot be written/, /writable for the user/],
      ['recordings', /cannot be read \(ENOENT\)/, /usermod -aG asterisk/],
      ['ViciDial', /127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)/, /EARSHOT_VICIDIAL_HOST/],
    ];
    for (const [name, found, advice] of expected)
      expect([name, findings(name)]).toEqual([
        name,
        {
          verdict: 'problem',
          found: expect.stringMatching(found) as string,
          advice: expect.stringMatching(advice) as string,
        },
      ]);
  });

  it.each([
    ['fits', cloudVersionOf('0.9.0'), 'ok', `relay ${version} and cloud 0.9.0 fit together`, undefined],
    [
      'says no version',
      undefined,
      'problem',
      `relay ${version} is too new for a cloud before 0.2.0`,
      'Upgrade the cloud first',
    ],
    [
      'understands later relays only',
      { version: '9.0.0', contractVersion: 9, oldestContractVersion: 8 },
      'problem',
      `relay ${version} is too old for cloud 9.0.0`,
      'Upgrade this relay to the cloud’s version',
    ],
  ])('looks whether the relay and a cloud fit together that %s', async (_what, stated, verdict, found, advice) => {
    const cloud = await startFakeCloud();
    closing.push(() => cloud.close());
    cloud.cloud = stated;
    aws = { ...aws, credentials: FAKE_CREDENTIALS };
    const findings = await examined({ EARSHOT_CONTROL_URL: cloud.url });
    expect(findings('control channel').verdict).toBe('ok');
    expect(findings('versions')).toMatchObject({ verdict, found });
    if (advice !== undefined) expect(findings('versions').advice).toContain(advice);
    expect(cloud.ticketRequests).toBe(1);
  });

  describe('with a relay that runs', () => {
    const running = async (problems: string[], metrics: Record<string, number>, runs = version) => {
      const registry = new Registry();
      for (const [name, value] of Object.entries({ earshot_live_calls: 0, ...metrics }))
        new Gauge({ name, help: name, registers: [registry] }).set(value);
      const health = await listenHealth('127.0.0.1', 0, {
        version: runs,
        problems: () => problems,
        metrics: registry,
        describeLeg: () => '',
      });
      closing.push(() => health.close());
      return examined({ EARSHOT_HTTP_PORT: String(health.port) });
    };

    it('knows its own ports, and says that all is well', async () => {
      const findings = await running([], { earshot_live_calls: 2, earshot_live_legs: 4, earshot_engine_lag_ms: 400 });
      expect(findings('HTTP port')).toMatchObject({
        verdict: 'ok',
        found: expect.stringMatching(/the relay listens/) as string,
      });
      expect(findings('relay').found).toBe('it runs and is ready');
      expect(findings('versions').verdict).toBe('ok');
      expect(findings('calls')).toEqual({ verdict: 'ok', found: '2 calls, 4 legs' });
      expect(findings('words').found).toBe('words come within 0.4 s of being said');
    });

    it('says when it is not the one that is installed', async () => {
      expect((await running([], {}, '0.0.1'))('versions')).toMatchObject({
        verdict: 'warning',
        found: `the relay that runs is 0.0.1, the one installed ${version}`,
        advice: expect.stringContaining('systemctl restart earshot-relay') as string,
      });
    });

    it.each([
      ['relay', 'problem', ['EventBridge cannot be reached'], {}, /EventBridge cannot be reached/],
      ['calls', 'problem', [], { earshot_taps_failed_total: 3 }, /could not open 3 taps/],
      ['calls', 'problem', [], { earshot_audiosocket_strangers_total: 2 }, /2 connections came from addresses/],
      [
        'calls',
        'warning',
        [],
        { earshot_live_calls: 1, earshot_live_legs: 2, earshot_silent_legs: 1 },
        /no audio has come/,
      ],
      [
        'calls',
        'warning',
        [],
        { earshot_live_calls: 1, earshot_live_legs: 1, earshot_one_sided_calls: 1 },
        /one side only/,
      ],
      [
        'calls',
        'warning',
        [],
        { earshot_live_calls: 1, earshot_live_legs: 1, earshot_mixed_legs: 1 },
        /without knowing who/,
      ],
      ['words', 'warning', [], { earshot_engine_lag_ms: 8_200 }, /up to 8\.2 s after/],
      ['events', 'warning', [], { earshot_spooled_events: 5_000 }, /5000 events wait/],
      ['events', 'problem', [], { earshot_rejected_events: 1 }, /refused 1 events for good/],
      ['memory', 'warning', [], { process_resident_memory_bytes: 1e9, earshot_live_legs: 10 }, /954 MB with 10 legs/],
    ])('says of its %s: %s', async (name, verdict, problems, metrics, found) => {
      expect((await running(problems, metrics as Record<string, number>))(name)).toMatchObject({
        verdict,
        found: expect.stringMatching(found) as string,
      });
    });
  });
});
