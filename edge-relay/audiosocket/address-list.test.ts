import { AddressError, addressList, LOOPBACK } from './address-list.ts';

it.each([
  ['127.0.0.1', 'ipv4', true],
  ['10.20.30.40', 'ipv4', false],
  ['172.31.255.1', 'ipv4', false],
  ['172.32.0.1', 'ipv4', false],
  ['192.168.1.1', 'ipv4', false],
  ['203.0.113.9', 'ipv4', false],
  ['::ffff:127.0.0.1', 'ipv6', true],
  ['::1', 'ipv6', true],
  ['::ffff:10.0.0.1', 'ipv6', false],
  ['::ffff:203.0.113.9', 'ipv6', false],
  ['fd00::17', 'ipv6', false],
  ['2001:db8::1', 'ipv6', false],
] as const)('of this machine, %s (%s): %s', (address, family, isLocal) => {
  expect(addressList(LOOPBACK).check(address, family)).toBe(isLocal);
});

it('takes single addresses and networks', () => {
  const list = addressList(['203.0.113.9', '2001:db8::/32']);
  expect(list.check('203.0.113.9')).toBe(true);
  expect(list.check('203.0.113.10')).toBe(false);
  expect(list.check('2001:db8:1::5', 'ipv6')).toBe(true);
});

it.each(['office', '10.0.0.0/33', '10.0.0.0/x', '10.0.0/8', '::1/129'])('refuses %s', (entry) => {
  expect(() => addressList([entry])).toThrow(AddressError);
  expect(() => addressList([entry])).toThrow(entry);
});
