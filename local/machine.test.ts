import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { checkDisk, checkPorts, describeNode, findPython } from './machine.ts';
import { UserError } from './user-error.ts';

describe('the machine’s check', () => {
  it('names the port that is taken, what it is for and how to move it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const check = async () => checkPorts([{ port, use: 'the page', variable: 'EARSHOT_SITE_PORT' }]);
    await expect(check()).rejects.toThrow(
      new UserError(
        `Port ${port} (the page) is taken by another program. Stop that one, or choose another port with EARSHOT_SITE_PORT.`,
      ),
    );
    server.close();
    await once(server, 'close');
    await expect(check()).resolves.toBeUndefined();
  });

  it.each([
    ['24.1.0', 'Node.js 24.1.0'],
    ['22.12.0', 'Node.js 22.12.0'],
    ['22.9.0', 'Node.js 22.9.0, which is not tried: install one that is >=22.12'],
    ['20.20.2', 'Node.js 20.20.2, which is not tried: install one that is >=22.12'],
  ])('says of Node.js %s what it is', (version, expected) => {
    expect(describeNode(version, '>=22.12')).toBe(expected);
  });

  it('finds a Python that is new enough', async () => {
    expect(await findPython()).toMatch(/^python3/);
  });

  it('is content with a disk that has room', () => {
    expect(() => {
      checkDisk(__dirname);
    }).not.toThrow();
  });
});
