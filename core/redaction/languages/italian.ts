import type { Language } from './language.ts';

const ONES = ['', 'uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove'];
const TEENS = [
  'dieci', 'undici', 'dodici', 'tredici', 'quattordici', 'quindici', 'sedici', 'diciassette', 'diciotto', 'diciannove',
]; // prettier-ignore
const TENS = ['', '', 'venti', 'trenta', 'quaranta', 'cinquanta', 'sessanta', 'settanta', 'ottanta', 'novanta'];

export const italian: Language = {
  tag: 'it',
  zero: 'zero/zeri',
  ones: 'uno/un/una due tre quattro cinque sei sette otto nove',
  teens: 'dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  tens: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
  hundred: 'cento',
  thousand: 'mille/mila',
  isOneImplied: true,
  and: 'e',
  inOneWord: (value) => italianWords(value),
  repeats: { 2: 'doppio, doppia, due volte', 3: 'triplo, tripla, tre volte', 4: 'quadruplo, quattro volte' },
  letters: {
    ancona: 'A',
    bologna: 'B',
    bari: 'B',
    como: 'C',
    domodossola: 'D',
    empoli: 'E',
    firenze: 'F',
    genova: 'G',
    imola: 'I',
    jolly: 'J',
    kappa: 'K',
    livorno: 'L',
    milano: 'M',
    napoli: 'N',
    otranto: 'O',
    palermo: 'P',
    padova: 'P',
    quarto: 'Q',
    roma: 'R',
    savona: 'S',
    torino: 'T',
    udine: 'U',
    venezia: 'V',
    washington: 'W',
    ics: 'X',
    york: 'Y',
    ipsilon: 'Y',
    zara: 'Z',
    effe: 'F',
    acca: 'H',
    elle: 'L',
    emme: 'M',
    enne: 'N',
    erre: 'R',
    esse: 'S',
    zeta: 'Z',
    vu: 'V',
    bi: 'B',
    gi: 'G',
    pi: 'P',
    cu: 'Q',
    qu: 'Q',
    hotel: 'H',
  },
  doubtfulLetters: { ci: 'C', di: 'D', ti: 'T', vi: 'V' },
  fillers: `e o a il la lo i gli le di del della da in mio mia suo sua eh ehm allora dunque ecco bene si ok okay
    va d'accordo accordo perfetto certo giusto esatto esattamente capito segnato scritto grazie per favore prego poi dopo
    adesso ora avanti continui continua vada dica mi pure aspetti aspetta attimo momento secondo trattino spazio virgola punto
    barra numero numeri cifra cifre primo ultimo prossimo inizia finisce e' sono ho qui seguito ottimo benissimo ci sono
    ricevuto mhm aha sissignore no che quindi ancora`,
  units: `secondo secondi minuto minuti ora ore giorno giorni settimana settimane mese mesi anno anni volta volte dollari
    euro centesimi persona persone gradi chilometri metri chili litri giga mega pezzi unita scatole chiamate mail
    messaggi figli bambini cose momento attimo linee telefoni camicie fatture paia prodotti pacchi posti rate pagamenti
    milione milioni`,
  ordinals: 'prossimi prossime primi prime ultimi ultime altri altre le i',
  months: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  beforeYears: 'nel dal fino anno',
  endings: 'termina con, finisce con, finisce per, ultime quattro, ultime quattro cifre, ultimi quattro',
  subjects: {
    CARD_NUMBER: `carta, carte, numero di carta, numero della carta, carta di credito, visa, mastercard, american express,
      amex, bancomat, postepay, carta di debito`,
    SECURITY_CODE: 'codice di sicurezza, cvv, cvc, codice di verifica, sul retro',
    EXPIRY: 'scadenza, data di scadenza, scade, valida fino',
    IBAN: 'iban',
    ACCOUNT_NUMBER: 'numero di conto, conto corrente, numero conto',
    PASSPORT: "passaporto, numero di passaporto, carta d'identita, carta di identita",
    DRIVING_LICENCE: 'patente, numero di patente',
    CODICE_FISCALE: 'codice fiscale, fiscale',
    harmless: `ordine, numero ordine, numero dell'ordine, telefono, numero di telefono, cellulare, fisso, riferimento,
      numero di riferimento, spedizione, tracking, prenotazione, pratica, numero di pratica, fattura, numero di fattura,
      codice postale, cap, serie, numero di serie, matricola, modello, cliente, codice cliente, numero cliente, interno,
      contratto, polizza, ticket, pacco, segnalazione, prezzo, importo, totale, quantita, mi chiami al`,
    list: 'taglie, taglia, misure, quantita, pagine, camere, canali, contando',
  },
};

/** 21 to 9,999; a vowel falls out before another: "ventuno", "centotto" or "centootto". */
function italianWords(value: number): string[] {
  if (value < 10) return [ONES[value] ?? ''];
  if (value < 20) return [TEENS[value - 10] ?? ''];
  if (value < 100) {
    const tens = TENS[Math.floor(value / 10)] ?? '';
    const ones = value % 10;
    return ones === 0 ? [tens] : [`${ones === 1 || ones === 8 ? tens.slice(0, -1) : tens}${ONES[ones] ?? ''}`];
  }
  const scale = value < 1_000 ? 100 : 1_000;
  const count = Math.floor(value / scale);
  const word = scale === 100 ? 'cento' : count === 1 ? 'mille' : 'mila';
  const head = `${count === 1 ? '' : (ONES[count] ?? '')}${word}`;
  const rest = value % scale;
  if (rest === 0) return [head];
  return italianWords(rest).flatMap((tail) => [
    head + tail,
    ...(scale === 100 && tail.startsWith('o') ? [head.slice(0, -1) + tail] : []),
  ]);
}
