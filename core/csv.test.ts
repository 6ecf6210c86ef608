import fc from 'fast-check';
import { csvOf } from './csv.ts';

describe('csvOf', () => {
  it('writes a table', () => {
    const table = csvOf(
      ['a', 'b'],
      [
        ['x', 1.5],
        [undefined, -2],
      ],
    );
    expect(table).toBe('\uFEFFa,b\r\nx,1.5\r\n,-2\r\n');
  });

  it.each([
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+49301234', "'+49301234"],
    ['@me', "'@me"],
    ['\nwords', '"\'\nwords"'],
    ['  =1+1', "  '=1+1"],
    ['\u200b=1+1', "\u200b'=1+1"],
    [' words', ' words'],
    ['-', "'-"],
    ['Größe', 'Größe'],
    ['well-known – and so on', 'well-known – and so on'],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(1)', "'＠SUM(1)"],
    ['\n=1+1', '"\'\n\'=1+1"'],
    ['\r\n＝1', '"\'\r\n\'＝1"'],
    ['\t1', '"\'\t1"'],
    [' \u00A0\u200B\uFEFF=1', " \u00A0\u200B\uFEFF'=1"],
    ['yes\n=1', '"yes\n\'=1"'],
    ['yes;=1', '"yes;\'=1"'],
  ])('writes the cell %j', (cell, expected) => {
    expect(csvOf(['h'], [[cell]])).toBe(`\uFEFFh\r\n${expected}\r\n`);
  });

  const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));
  const formula = oneOf('=+-@＝＋－＠﹦');
  const blank = oneOf(' \t\r\n\u00A0\u3000\u200B\uFEFF\u0000"');
  const nasty = fc.string({ unit: fc.oneof(formula, blank, oneOf(";,'a1")), maxLength: 12 });
  const isFormula = (cell: string) => /^[\s\p{C}"]*[=+\-@＝＋－＠﹦]/u.test(cell) || /^[\t\r\n]/.test(cell);

  it('writes no cell that begins a formula, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.array(nasty, { minLength: 2, maxLength: 2 })), (rows) => {
        const cells = parse(csvOf(['a', 'b'], rows)).slice(1);
        expect(cells.flat().filter(isFormula)).toEqual([]);
        // Nothing but apostrophes was added.
        const plain = (text: string) => text.replaceAll("'", '');
        expect(cells.map((row) => row.map(plain))).toEqual(rows.map((row) => row.map(plain)));
      }),
    );
  });

  it('writes none for a spreadsheet that splits at semicolons, tabs and every line break either', () => {
    fc.assert(
      fc.property(nasty, nasty, (first, second) => {
        const naive = csvOf(['a', 'b'], [[`a${first}`, second]]).split(/[;\t\r\n]/);
        expect(naive.filter((cell) => /^[\s\p{C}"]*[=+\-@＝＋－＠﹦]/u.test(cell))).toEqual([]);
      }),
    );
  });
});

/** Reads RFC 4180. */
function parse(table: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of table.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
