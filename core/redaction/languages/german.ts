import type { Language } from './language.ts';

const ONES = ['', 'ein', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
const TEENS = [
  'zehn',
  'elf',
  'zwölf',
  'dreizehn',
  'vierzehn',
  'fünfzehn',
  'sechzehn',
  'siebzehn',
  'achtzehn',
  'neunzehn',
];
const TENS = ['', '', 'zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'];

export const german: Language = {
  tag: 'de',
  zero: 'null/nullen',
  ones: 'eins/ein/eine/einen zwei/zwo drei vier funf/fuenf sechs sieben acht neun',
  teens: 'zehn elf zwolf/zwoelf dreizehn vierzehn funfzehn/fuenfzehn sechzehn siebzehn achtzehn neunzehn',
  tens: 'zwanzig dreissig vierzig funfzig/fuenfzig sechzig siebzig achtzig neunzig',
  hundred: 'hundert',
  thousand: 'tausend',
  isOneImplied: true,
  and: 'und',
  areOnesFirst: true,
  inOneWord: (value) => {
    const words = germanWords(value);
    return words.flatMap((word) => [word, word.replaceAll('ü', 'ue').replaceAll('ö', 'oe')]);
  },
  repeats: {
    2: 'doppel, doppelte, doppelt, zweimal, zwei mal, zweimal die',
    3: 'dreifach, dreifache, dreimal, drei mal, tripel, dreimal die',
    4: 'vierfach, viermal, vier mal, viermal die',
  },
  plurals: 'einsen zweien dreien vieren funfen sechsen siebenen achten neunen nullen',
  letters: {
    anton: 'A',
    berta: 'B',
    casar: 'C',
    caesar: 'C',
    dora: 'D',
    emil: 'E',
    friedrich: 'F',
    gustav: 'G',
    heinrich: 'H',
    ida: 'I',
    julius: 'J',
    kaufmann: 'K',
    ludwig: 'L',
    martha: 'M',
    nordpol: 'N',
    otto: 'O',
    paula: 'P',
    quelle: 'Q',
    richard: 'R',
    samuel: 'S',
    siegfried: 'S',
    theodor: 'T',
    ulrich: 'U',
    viktor: 'V',
    wilhelm: 'W',
    xanthippe: 'X',
    ypsilon: 'Y',
    zacharias: 'Z',
    zeppelin: 'Z',
  },
  fillers: `und ah aeh eh ahm em hm also ja jo ok okay gut genau richtig super prima klar alles hab habe ich notiert
    verstanden danke bitte dann jetzt nun weiter geht los moment mal sekunde warten warte sie bindestrich strich leerzeichen komma
    punkt schragstrich nummer nummern ziffer ziffern zahl zahlen die der das den dem ist sind lautet lauten mein meine meiner
    ihre ihr es im in an am vorne von zu noch einmal nochmal erste letzte nachste beginnt mit endet so hier steht da folgt gefolgt
    perfekt passt einverstanden hore mhm aha naja stimmt korrekt mach machen fertig kurz`,
  units: `sekunde sekunden minute minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre
    jahren mal male dollar euro cent prozent person personen leute grad kilometer meter kilo liter gigabyte megabyte
    stuck teile kartons anrufe mails nachrichten kinder sachen dinge moment leitungen telefone hemden rechnungen paar
    produkte pakete platze raten zahlungen million millionen uhr von`,
  ordinals: 'nachsten ersten letzten anderen ubrigen weiteren die',
  months: 'januar janner februar marz april mai juni juli august september oktober november dezember',
  beforeYears: 'seit bis jahr ende anfang vor nach',
  endings: 'endet auf, endet mit, endend auf, letzten vier, letzten vier ziffern, letzten vier stellen',
  subjects: {
    CARD_NUMBER: `karte, karten, kartennummer, kreditkarte, kreditkartennummer, visa, mastercard, american express, amex,
      bankkarte, ec karte, girokarte, debitkarte, visakarte`,
    SECURITY_CODE: 'sicherheitscode, prufnummer, prufziffer, cvv, cvc, kartenprufnummer, sicherheitsnummer, ruckseite',
    EXPIRY: 'ablaufdatum, gultig bis, gultigkeit, gultigkeitsdatum, lauft ab, verfallsdatum, verfallt',
    IBAN: 'iban',
    SORT_CODE: 'bankleitzahl, blz',
    ACCOUNT_NUMBER: 'kontonummer, bankkonto',
    PASSPORT: 'reisepass, passnummer, reisepassnummer, ausweisnummer, personalausweis, ausweis',
    DRIVING_LICENCE: 'fuhrerschein, fuhrerscheinnummer',
    STEUER_ID: `steuer id, steuerid, steuernummer, steueridentifikationsnummer, steuer identifikationsnummer, idnr,
      identifikationsnummer, steueridentnummer, steuer ident nummer, steuer`,
    harmless: `bestellung, bestellnummer, auftrag, auftragsnummer, telefon, telefonnummer, handy, handynummer, mobil,
      mobilnummer, festnetz, ruckruf, ruckrufnummer, sendung, sendungsnummer, paketnummer, referenz, referenznummer,
      buchung, buchungsnummer, ticket, ticketnummer, vorgang, vorgangsnummer, fall, fallnummer, rechnung,
      rechnungsnummer, postleitzahl, plz, serie, seriennummer, modell, kunde, kundennummer, durchwahl, vertrag,
      vertragsnummer, police, aktenzeichen, zahlerstand, preis, betrag, menge, artikelnummer`,
    list: 'grossen, grosse, mengen, seiten, zimmer, kanale, zahle',
  },
};

/** 21 to 9,999, with and without "ein" before "hundert" and "tausend", and "und" after them. */
function germanWords(value: number): string[] {
  if (value < 10) return value === 1 ? ['eins', 'ein'] : [ONES[value] ?? ''];
  if (value < 20) return [TEENS[value - 10] ?? ''];
  if (value < 100) {
    const tens = TENS[Math.floor(value / 10)] ?? '';
    return [value % 10 === 0 ? tens : `${ONES[value % 10] ?? ''}und${tens}`];
  }
  const [scale, word] = value < 1_000 ? [100, 'hundert'] : [1_000, 'tausend'];
  const count = Math.floor(value / scale);
  const heads = [`${ONES[count] ?? ''}${word}`, ...(count === 1 ? [word] : [])];
  // Eleven hundred.
  const teens = value >= 1_100 && value < 2_000 ? [`${TEENS[Math.floor(value / 100) - 10] ?? ''}hundert`] : [];
  const rest = value % scale;
  if (rest === 0) return [...heads, ...teens];
  const inHundreds = teens.flatMap((head) =>
    value % 100 === 0 ? [head] : germanWords(value % 100).map((tail) => head + tail),
  );
  const inOneScale = heads.flatMap((head) => germanWords(rest).flatMap((tail) => [head + tail, `${head}und${tail}`]));
  return [...inOneScale, ...inHundreds];
}
