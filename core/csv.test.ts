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
    ['-', "'-"],
    ['Größe', 'Größe'],
  ])('writes the cell %j', (cell, expected) => {
    expect(csvOf(['h'], [[cell]])).toBe(`\uFEFFh\r\n${expected}\r\n`);
  });
});
