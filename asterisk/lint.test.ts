import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintDialplan, lintManager, parseConf } from './lint.ts';

const folder = join(__dirname, 'etc');
const files = readdirSync(folder);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('the files for Asterisk', () => {
  it.each(files.filter((name) => name.startsWith('extensions')))('%s is a good dialplan', (name) => {
    expect(lintDialplan(read(name))).toEqual([]);
  });

  it.each(files.filter((name) => name.startsWith('manager')))('%s gives the least rights', (name) => {
    expect(lintManager(read(name))).toEqual([]);
    const [user] = parseConf(read(name)).sections;
    const rights = Object.fromEntries(user?.lines.map(({ key, value }) => [key, value]) ?? []);
    expect(rights).toMatchObject({ read: 'call,agent,user', write: 'originate', secret: 'CHANGE-ME' });
  });

  it('are those that the page about them shows', () => {
    const page = readFileSync(join(__dirname, '..', 'docs', 'asterisk.md'), 'utf8');
    const shown = [...page.matchAll(/^```ini ([\w./-]+)\n([^]*?)^```$/gm)];
    expect(shown.length).toBeGreaterThan(2);
    for (const [, name = '', snippet = ''] of shown) expect(read(name)).toContain(snippet.trim());
    for (const name of files) expect(page).toContain(name);
  });
});

const dialplan = (...steps: string[]) => ['[demo]', ...steps].join('\n');
const textOf = (text: string) => lintDialplan(text).map((finding) => finding.text);

describe('lintDialplan', () => {
  it.each([
    ['a step without an application', 'exten => s,1,Answer', 'a step reads'],
    ['a step before any extension', 'same => n,Answer()', 'before any'],
    ['an extension that does not begin', 'exten => s,n,Answer()', 'priority 1'],
    ['a wildcard nobody meant', 'exten => _agent-.,1,Answer()', 'any digit'],
    ['an unknown application', 'exten => s,1,Answr()', 'Answr'],
    ['a bracket', 'exten => s,1,Set(A=${CHANNEL(linkedid))', 'brackets'],
    ['a quote', 'exten => s,1,Set(A=$["${B}=""])', 'quotes'],
    ['a missing context', 'exten => s,1,Gosub(nowhere,s,1)', 'no context nowhere'],
    ['a missing Local context', 'exten => s,1,Originate(Local/a@gone/n,exten,demo,go,1)', 'no context gone'],
    ['a raw codec', 'exten => s,1,Originate(AudioSocket/a:1/u,app,ChanSpy,x\\,uqEol)', '/c(slin)'],
    ['a spy that does nothing', 'exten => s,1,Originate(AudioSocket/a:1/u/c(slin),app,ChanSpy,x\\,qES(a:1))', 'uqEol'],
    ['a CURL without a limit', 'exten => s,1,Set(A=${CURL(http://a/)})', 'CURL'],
    ['a shell', 'exten => s,1,Set(A=${SHELL(id)})', 'shell'],
    ['a line that is nothing', 'exten s,1,Answer()', 'neither'],
  ])('finds %s', (_what, step, expected) => {
    expect(textOf(dialplan(step)).join('\n')).toContain(expected);
  });

  it('takes a class of letters for what it is', () => {
    expect(textOf(dialplan('exten => _age[n]t-.,1,Answer()'))).toEqual([]);
  });
});

describe('lintManager', () => {
  const good = ['[earshot]', 'secret = x', 'deny = 0.0.0.0/0.0.0.0', 'permit = 10.0.0.2/32', 'read = call'];

  it.each([
    ['a right to run commands', [...good, 'write = originate,command'], 'write command'],
    ['a right to read all', [...good.slice(0, 4), 'read = all'], 'read all'],
    ['a door that is open to all', [...good.slice(0, 2), 'read = call'], 'from anywhere'],
    ['no secret', ['[earshot]', ...good.slice(2)], 'no secret'],
  ])('finds %s', (_what, lines, expected) => {
    expect(lintManager(lines.join('\n')).map(({ text }) => text)).toEqual([expect.stringContaining(expected)]);
  });

  it('lets the least rights pass', () => {
    expect(lintManager(good.join('\n'))).toEqual([]);
  });
});
