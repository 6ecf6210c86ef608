import type { Language } from './language.ts';

const ONES = ['', 'een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen'];
const TENS = ['', '', 'twintig', 'dertig', 'veertig', 'vijftig', 'zestig', 'zeventig', 'tachtig', 'negentig'];

export const dutch: Language = {
  tag: 'nl',
  zero: 'nul/nullen',
  ones: 'een twee drie vier vijf zes zeven/zeuven acht negen',
  teens: 'tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien',
  tens: 'twintig dertig veertig vijftig zestig zeventig tachtig negentig',
  hundred: 'honderd',
  thousand: 'duizend',
  isOneImplied: true,
  and: 'en',
  areOnesFirst: true,
  inOneWord: (value) => {
    const [tens, ones] = [TENS[Math.floor(value / 10)], ONES[value % 10] ?? ''];
    return value < 100 && tens !== undefined && ones !== '' ? [`${ones}en${tens}`] : [];
  },
  repeats: { 2: 'dubbel, dubbele, twee keer', 3: 'driedubbel, drie keer, tripel', 4: 'vier keer' },
  letters: {},
  fillers: `en de het een is zijn mijn uw ja ok okay goed prima klopt precies dank u wel bedankt dan nu verder gaat ga
    door eh uh even moment streepje spatie komma punt nummer nummers cijfer cijfers in van op duidelijk genoteerd begrepen
    juist oke hoor top`,
  units: `seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar jaren keer dollar euro cent
    procent persoon personen mensen graden kilometer meter kilo liter stuks dozen telefoontjes mails kinderen dingen
    moment miljoen`,
  ordinals: 'volgende eerste laatste andere',
  months: 'januari februari maart april mei juni juli augustus september oktober november december',
  beforeYears: 'sinds tot jaar',
  endings: 'eindigt op, laatste vier, laatste vier cijfers',
  subjects: {
    CARD_NUMBER: 'kaart, pas, kaartnummer, creditcard, creditcardnummer, visa, mastercard, bankpas, amex',
    SECURITY_CODE: 'beveiligingscode, veiligheidscode, cvv, cvc',
    EXPIRY: 'vervaldatum, geldig tot, verloopt',
    IBAN: 'iban, rekeningnummer',
    PASSPORT: 'paspoort, paspoortnummer',
    DRIVING_LICENCE: 'rijbewijs, rijbewijsnummer',
    BSN: 'bsn, burgerservicenummer, sofinummer',
    harmless: `bestelling, bestelnummer, ordernummer, telefoon, telefoonnummer, mobiel, referentie, zending, pakket,
      reservering, ticket, dossier, factuur, factuurnummer, postcode, serienummer, model, klantnummer, contract, polis`,
    list: 'maten, maat, aantallen, paginas, kamers',
  },
};
