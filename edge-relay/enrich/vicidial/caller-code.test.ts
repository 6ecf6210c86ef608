import fc from 'fast-check';
import { callerCodeIn, isDiallersName } from './caller-code.ts';

describe('callerCodeIn', () => {
  it.each([
    ['V1231359450000884213', 'outbound', 884213],
    ['M1231359450000884213', 'outbound', 884213],
    ['Y1231359450000884213', 'inbound', 884213],
    ['M1231359450000884213 1001', 'outbound', 884213],
    ['"V1231359454294967295" <2125551234>', 'outbound', 4294967295],
    ['Y1231359450000000000', 'inbound', undefined],
    ['J1231359450000884213', 'inbound', 884213],
    ['DC795399W0000884213W', 'outbound', 884213],
    ['"DV795399W0000884213W" <0000000000>', 'outbound', 884213],
  ])('reads %s', (name, direction, leadId) => {
    expect(callerCodeIn(name)).toEqual({ code: /[VMYJ]\d+|D[CV]\w+/.exec(name)?.[0], direction, leadId });
  });

  it.each([
    'R Mills',
    '',
    'V123',
    'X1231359450000884213',
    'V12313594500008842131',
    'v1231359450000884213',
    'DCagcW1795399600cc100x',
  ])('takes %j for a name', (name) => {
    expect(callerCodeIn(name)).toBeUndefined();
  });

  it.each(['DCagcW1795399600cc100x', 'DVagcW17953996006666', 'XBvdcW17953996006666', 'J1231359450000884213'])(
    'knows that %s is no person',
    (name) => {
      expect(isDiallersName(name)).toBe(true);
    },
  );

  it.each(['R Mills', 'DC Comics', 'DV Singh', 'J Smith 1231359', 'MARIA', 'Yusuf 0000884213'])(
    'leaves %s a person',
    (name) => {
      expect(isDiallersName(name)).toBe(false);
    },
  );

  it('never fails on a name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        callerCodeIn(name);
      }),
    );
  });
});
