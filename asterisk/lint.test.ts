import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintDialplan, lintManager, lintQueues, parseConf } from './lint.ts';

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

  it.each(files.filter((name) => name.startsWith('queues')))('%s is a good addition to queues.conf', (name) => {
    const contexts = parseConf(read('extensions-earshot-tap.conf')).sections.map((section) => section.name);
    expect(lintQueues(read(name), contexts)).toEqual([]);
  });
});

/** What a file says to a machine. */
const withoutComments = (text: string) =>
  text
    .split('\n')
    .filter((line) => !/^\s*(;|#(?!include)|--)/.test(line) && line.trim() !== '')
    .join('\n');

describe('the pages', () => {
  const project = join(__dirname, '..');
  const places = ['asterisk/etc', 'asterisk/vicidial', 'edge-relay/packaging'];
  const pages = readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.md'));
  const page = (name: string) => readFileSync(join(project, 'docs', name), 'utf8');
  /** Pieces of files: they begin with the name of theirs behind the language. */
  const shown = pages.flatMap((name) =>
    Array.from(page(name).matchAll(/^```\w+ ([\w./-]+)\n([^]*?)^```$/gm), ([, file = '', snippet = '']) => ({
      name,
      file,
      snippet,
    })),
  );

  it.each(shown)('$name shows $file as it is', ({ file, snippet }) => {
    const path = places.map((place) => join(project, place, file)).find((candidate) => existsSync(candidate));
    expect(withoutComments(snippet)).toBe(withoutComments(readFileSync(path ?? file, 'utf8')));
  });

  it('show every file for Asterisk and for ViciDial', () => {
    const wanted = places.slice(0, 2).flatMap((place) => readdirSync(join(project, place)));
    expect(shown.map(({ file }) => file)).toEqual(expect.arrayContaining(wanted));
  });

  it('link to pages and sections that are there', () => {
    const sections = (name: string) =>
      Array.from(page(name).matchAll(/^#+ (.*)$/gm), ([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replace(/\s/g, '-'),
      );
    const broken = pages.flatMap((name) =>
      Array.from(page(name).matchAll(/\]\(([\w-]+\.md)?(?:#([\w-]+))?\)/g))
        .filter(([, file, section]) => file !== undefined || section !== undefined)
        .filter(
          ([, file = name, section]) =>
            !pages.includes(file) || (section !== undefined && !sections(file).includes(section)),
        )
        .map(([link]) => `${name}: ${link}`),
    );
    expect(broken).toEqual([]);
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
    ['a UUID()', 'exten => s,1,Set(A=${UUID()})', 'UUID() is not'],
    ['a gosub by its place', 'exten => s,1,Queue(a,,,,30,,b)', 'membergosub'],
    ['GSM', 'exten => s,1,MixMonitor(/a/b.WAV)', 'GSM'],
    ['a headerless stereo WAV', 'exten => s,1,MixMonitor(/a/b.wav,D)', '.raw'],
    ['a shell', 'exten => s,1,Set(A=${SHELL(id)})', 'shell'],
    ['a line that is nothing', 'exten s,1,Answer()', 'neither'],
  ])('finds %s', (_what, step, expected) => {
    expect(textOf(dialplan(step)).join('\n')).toContain(expected);
  });

  it('takes a class of letters for what it is', () => {
    expect(textOf(dialplan('exten => _age[n]t-.,1,Answer()'))).toEqual([]);
  });
});

describe('lintQueues', () => {
  it.each([
    ['a subroutine that is not there', 'membergosub = gone', 'no context gone'],
    ['a setting of no use', 'strategy = ringall', 'no strategy'],
  ])('finds %s', (_what, line, expected) => {
    expect(lintQueues(`[support](+)\n${line}`, ['tap'])).toEqual([
      { line: 2, text: expect.stringContaining(expected) as string },
    ]);
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
