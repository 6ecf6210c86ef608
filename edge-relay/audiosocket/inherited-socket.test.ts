import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { inheritedSocket } from './inherited-socket.ts';

describe('inheritedSocket', () => {
  it.each([
    [{ LISTEN_PID: '77', LISTEN_FDS: '1' }, 3],
    [{ LISTEN_PID: '77', LISTEN_FDS: '2' }, 3],
    [{ LISTEN_PID: '78', LISTEN_FDS: '1' }, undefined],
    [{ LISTEN_PID: '77', LISTEN_FDS: '0' }, undefined],
    [{ LISTEN_PID: '77' }, undefined],
    [{}, undefined],
  ])('%j', (environment, descriptor) => {
    expect(inheritedSocket(environment, 77)).toBe(descriptor);
  });

  it('is a socket that listens before and after the process that has it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const handle = (server as unknown as { _handle: { fd: number } })._handle;
    const script = `require('node:net').createServer((s) => s.end('from the child')).listen({ fd: 3 }, () => console.log('listens'))`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit', handle.fd] });
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    // This process does not accept: what connects is for the child.
    server.close();
    expect(await text(connect(port, '127.0.0.1'))).toBe('from the child');
    child.kill();
    await once(child, 'exit');
  });
});
