import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import type { MonitorRequest } from './monitor.ts';
import { monitorByVicidial } from './vicidial-monitor.ts';

const request: MonitorRequest = {
  type: 'monitor',
  requestId: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
  callId: 'berlin-1795399200.16',
  mode: 'whisper',
  extension: '6100',
};

describe('monitorByVicidial', () => {
  let server: Server;
  let asked: { method: string | undefined; url: string | undefined; form: Record<string, string> }[];
  let answer: { status: number; body: string; headers?: Record<string, string> };
  let logged: string;

  beforeEach(async () => {
    asked = [];
    logged = '';
    answer = { status: 200, body: 'SUCCESS: blind_monitor HAS BEEN LAUNCHED - 6100|010*000*000*005*6100|8600051\n' };
    server = createServer((incoming, response) => {
      void text(incoming).then((body) => {
        const { method, url } = incoming;
        asked.push({ method, url, form: Object.fromEntries(new URLSearchParams(body)) });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const monitor = (more: Partial<MonitorRequest> = {}, sessions = { [request.callId]: '8600051' }) => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/vicidial/non_agent_api.php`;
    const api = { url, user: 'earshot', password: 'very-secret' };
    const sessionOf = (callId: string) => {
      const sessionId = sessions[callId];
      return Promise.resolve(sessionId === undefined ? undefined : { sessionId, serverIp: '10.0.0.5' });
    };
    const log = pino({}, { write: (line: string) => void (logged += line) });
    return monitorByVicidial({ ...request, ...more }, api, sessionOf, log);
  };

  it('posts blind_monitor for the session of the agent, its password in no address', async () => {
    expect(await monitor()).toBe('requested');
    expect(asked).toEqual([
      {
        method: 'POST',
        url: '/vicidial/non_agent_api.php',
        form: {
          source: 'earshot',
          function: 'blind_monitor',
          user: 'earshot',
          pass: 'very-secret',
          phone_login: '6100',
          session_id: '8600051',
          server_ip: '10.0.0.5',
          stage: 'WHISPER',
        },
      },
    ]);
  });

  it('listens and barges as asked', async () => {
    await monitor({ mode: 'listen' });
    await monitor({ mode: 'barge' });
    expect(asked.map(({ form }) => form['stage'])).toEqual(['MONITOR', 'BARGE']);
  });

  it('asks for nothing when no agent has the call', async () => {
    expect(await monitor({}, {})).toBe('call-gone');
    expect(asked).toEqual([]);
  });

  it.each([
    ['ERROR: blind_monitor USER DOES NOT HAVE PERMISSION TO BLIND MONITOR - earshot|0', 'refused'],
    ['ERROR: Login incorrect, please try again', 'refused'],
    ['ERROR: blind_monitor INVALID SESSION ID - 8600051', 'call-gone'],
    ['ERROR: blind_monitor INVALID PHONE LOGIN - 6100', 'failed'],
    ['<html>Welcome</html>', 'failed'],
  ])('understands %s', async (body, outcome) => {
    answer = { status: 200, body };
    expect(await monitor()).toBe(outcome);
    expect(logged).not.toContain('very-secret');
  });

  it('fails where the API is away, and does not follow it elsewhere', async () => {
    answer = { status: 500, body: 'SUCCESS: no' };
    expect(await monitor()).toBe('failed');
    answer = { status: 302, body: '', headers: { location: '/elsewhere' } };
    await expect(monitor()).rejects.toThrow();
    expect(asked).toHaveLength(2);
  });
});
