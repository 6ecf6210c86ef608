import { Redactor } from '../redactor.ts';
import { languageOf } from './languages.ts';

const redactors = new Map(
  ['en', 'es', 'pt', 'fr', 'de', 'it', 'nl'].map((tag) => [
    tag,
    new Redactor([...new Set([languageOf(tag), languageOf('en')])].flatMap((each) => each ?? [])),
  ]),
);

it.each([
  ['fr', 'quatre mille cent onze, mille cent onze, mille cent onze, mille cent onze', '[CARD_NUMBER]'],
  ['fr', 'quarante et un onze onze onze onze onze onze onze', '[CARD_NUMBER]'],
  ['fr', 'ma carte quatre cent onze onze cent onze onze onze onze onze onze', 'ma carte [CARD_NUMBER]'],
  ['es', 'cuarenta y uno once once once once once once once', '[CARD_NUMBER]'],
  ['es', 'cuatro triple uno, cuatro unos, cuatro veces uno, cuatro unos', '[CARD_NUMBER]'],
  ['es', 'mi DNI es 12345678 Z gracias', 'mi DNI es [DNI] gracias'],
  [
    'es',
    'la tarjeta es four uno uno uno one one one one uno uno uno uno one one one one',
    'la tarjeta es [CARD_NUMBER]',
  ],
  [
    'pt',
    'o cartão: quatro mil cento e onze, mil cento e onze, mil cento e onze, mil cento e onze',
    'o cartão: [CARD_NUMBER]',
  ],
  ['pt', 'o CPF é 123.456.789-09', 'o CPF é [CPF]'],
  ['pt', 'cartao quatro um um um um um um um um um um um um um um um', 'cartao [CARD_NUMBER]'],
  ['de', 'einundvierzig elf elf elf elf elf elf elf', '[CARD_NUMBER]'],
  ['de', 'vier dreimal die eins, viermal die eins, viermal die eins, viermal die eins', '[CARD_NUMBER]'],
  ['de', 'viertausendeinhundertelf eintausendeinhundertelf tausendeinhundertelf elfhundertelf', '[CARD_NUMBER]'],
  ['it', 'quarantuno undici undici undici undici undici undici undici', '[CARD_NUMBER]'],
  ['it', 'RSSMRA85T10A562S', '[CODICE_FISCALE]'],
  ['nl', 'mijn bsn is elf twaalf drieëntwintig drie drie drie', 'mijn bsn is [BSN]'],
  ['es', 'uno dos tres cuatro cinco seis siete ocho nueve', 'uno dos tres cuatro cinco seis siete ocho nueve'],
  ['de', 'Das kostet 1.250 Euro und 40 Cent', 'Das kostet 1.250 Euro und 40 Cent'],
  ['pt', 'cartão', 'cartão'],
])('%s: %s', (tag, said, left) => {
  expect(redactors.get(tag)?.redact(said)).toBe(left);
});
