import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '../config.ts';
import { examine } from './doctor.ts';

describe('examine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-doctor-'));
    writeFileSync(join(folder, 'script.json'), '{"caller":[]}');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const verdicts = async (settings: Record<string, string>) => {
    const findings = await examine(
      parseSettings({
        EARSHOT_ENGINE: 'script',
        EARSHOT_SCRIPT_FILE: join(folder, 'script.json'),
        EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
        EARSHOT_SPOOL_MAX_MB: '1',
        EARSHOT_SPOOL_RESERVE_MB: '1',
        EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
        EARSHOT_AUDIOSOCKET_PORT: '0',
        EARSHOT_HTTP_PORT: '0',
        ...settings,
      }),
    );
    return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
  };

  it('finds nothing wrong with what is right', async () => {
    const found = await verdicts({});
    for (const check of ['speech engine', 'spool', 'AudioSocket port', 'HTTP port', 'manager interface'])
      expect(found[check]).toMatchObject({ verdict: 'ok' });
    expect(found['fallback engine']).toMatchObject({ verdict: 'warning' });
  });

  it('says of each thing that is wrong what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const refusing = createHttpServer((_request, response) => response.writeHead(401).end());
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const found = await verdicts({
      EARSHOT_HTTP_PORT: String((taken.address() as AddressInfo).port),
      EARSHOT_ENGINE: 'openai',
      EARSHOT_OPENAI_URL: `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/v1`,
      EARSHOT_FALLBACK_ENGINE: 'sherpa',
      EARSHOT_SHERPA_MODEL: '/nowhere',
      EARSHOT_SPOOL_FOLDER: '/dev/null/spool',
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: '1',
      EARSHOT_AMI_SECRET: 'secret',
    });
    taken.close();
    refusing.close();
    expect(found['HTTP port']).toMatchObject({
      verdict: 'warning',
      found: expect.stringMatching(/is taken/) as string,
    });
    expect(found['speech engine']).toMatchObject({ verdict: 'problem', found: expect.stringMatching(/401/) as string });
    expect(found['fallback engine']).toMatchObject({ found: expect.stringMatching(/has no model/) as string });
    expect(found['manager interface']).toMatchObject({ verdict: 'problem' });
    expect(found['spool']).toMatchObject({ verdict: 'problem' });
    for (const { verdict, advice } of Object.values(found)) if (verdict !== 'ok') expect(advice).toBeTruthy();
  }, 30_000);
});
