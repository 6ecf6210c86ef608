/** How a person of one language says numbers and what stands around them; written for the benchmark alone. */
export interface Voice {
  readonly digits: readonly string[];
  /** 10 to 99 as a person says it. */
  readonly pair: (value: number) => string;
  /** 100 to 999. */
  readonly triple: (value: number) => string;
  readonly twice: (digit: string) => string;
  readonly thrice: (digit: string) => string;
  readonly cardOpenings: readonly string[];
  readonly fillers: readonly string[];
  readonly confirmations: readonly string[];
  readonly closings: readonly string[];
  readonly nationals: readonly National[];
  /** Sentences around a number that stays. */
  readonly harmless: readonly string[];
  readonly quantities: readonly string[];
}

export interface National {
  readonly name: string;
  readonly openings: readonly string[];
  readonly make: (random: () => number) => string;
}

const digitsOf = (random: () => number, count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => Math.floor(random() * 10 + (at === 0 ? from : 0)) % 10).join('');
const weighted = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);

const nhs = (random: () => number): string => {
  const body = digitsOf(random, 9);
  const check = (11 - (weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return check === 10 ? nhs(random) : `${body}${check}`;
};
const ssn = (random: () => number) =>
  `${100 + Math.floor(random() * 560)}${10 + Math.floor(random() * 89)}${1_000 + Math.floor(random() * 8_999)}`;
const dni = (random: () => number) => {
  const body = digitsOf(random, 8);
  return body + 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(body) % 23);
};
const nif = (random: () => number) => {
  const body = `2${digitsOf(random, 7)}`;
  const rest = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return body + String(rest < 2 ? 0 : 11 - rest);
};
const cpf = (random: () => number) => {
  const body = digitsOf(random, 9);
  const check = (digits: string) => {
    const rest = Array.from(digits).reduce((sum, digit, at) => sum + Number(digit) * (digits.length + 1 - at), 0) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const first = check(body);
  return `${body}${first}${check(`${body}${first}`)}`;
};
const nir = (random: () => number) => {
  const month = String(1 + Math.floor(random() * 12)).padStart(2, '0');
  const body = `${1 + Math.floor(random() * 2)}${digitsOf(random, 2)}${month}${10 + Math.floor(random() * 85)}${digitsOf(random, 6)}`;
  return body + String(97 - (Number(body) % 97)).padStart(2, '0');
};
const steuerId = (random: () => number) => {
  const body = `${1 + Math.floor(random() * 9)}${digitsOf(random, 9)}`;
  let product = 10;
  for (const digit of body) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return `${body}${(11 - product) % 10}`;
};
const codiceFiscale = (random: () => number) => {
  const letters = (count: number, of = 'BCDFGLMNPRSTVZ') =>
    Array.from({ length: count }, () => of.charAt(Math.floor(random() * of.length))).join('');
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
  const body = `${letters(6)}${digitsOf(random, 2)}${letters(1, 'ABCDEHLMPRST')}${day}${letters(1, 'ABCDEFGHIL')}${digitsOf(random, 3)}`;
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  const sum = Array.from(body).reduce((total, character, at) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (at % 2 === 0 ? (odd[value] ?? 0) : value);
  }, 0);
  return body + String.fromCharCode(65 + (sum % 26));
};

const EN =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const EN_TENS = '  twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ES =
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'.split(
    ' ',
  );
const ES_TENS = '   treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' ');
const ES_HUNDREDS =
  ' ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'.split(' ');
const PT =
  'zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove'.split(
    ' ',
  );
const PT_TENS = '  vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'.split(' ');
const PT_HUNDREDS =
  ' cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos'.split(' ');
const FR =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
    ' ',
  );
const FR_TENS = '  vingt trente quarante cinquante soixante'.split(' ');
const DE =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  );
const DE_TENS = '  zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');
const IT =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove'.split(
    ' ',
  );
const IT_TENS = '  venti trenta quaranta cinquanta sessanta settanta ottanta novanta'.split(' ');

const split = (value: number) => [Math.floor(value / 10), value % 10] as const;
const enPair = (value: number): string => {
  const [tens, ones] = split(value);
  return value < 20 ? (EN[value] ?? '') : `${EN_TENS[tens] ?? ''}${ones ? ` ${EN[ones] ?? ''}` : ''}`;
};
const esPair = (value: number): string => {
  const [tens, ones] = split(value);
  return value < 30 ? (ES[value] ?? '') : `${ES_TENS[tens] ?? ''}${ones ? ` y ${ES[ones] ?? ''}` : ''}`;
};
const ptPair = (value: number): string => {
  const [tens, ones] = split(value);
  return value < 20 ? (PT[value] ?? '') : `${PT_TENS[tens] ?? ''}${ones ? ` e ${PT[ones] ?? ''}` : ''}`;
};
const frPair = (value: number): string => {
  const [tens, ones] = split(value);
  if (value < 20) return FR[value] ?? '';
  if (value >= 80) return value === 80 ? 'quatre-vingts' : `quatre-vingt-${FR[value - 80] ?? ''}`;
  if (value >= 60)
    return value === 60
      ? 'soixante'
      : value === 71
        ? 'soixante et onze'
        : `soixante${value === 61 ? ' et ' : '-'}${FR[value - 60] ?? ''}`;
  return ones === 0 ? (FR_TENS[tens] ?? '') : `${FR_TENS[tens] ?? ''}${ones === 1 ? ' et ' : '-'}${FR[ones] ?? ''}`;
};
const dePair = (value: number): string => {
  const [tens, ones] = split(value);
  if (value < 20) return DE[value] ?? '';
  return ones === 0 ? (DE_TENS[tens] ?? '') : `${ones === 1 ? 'ein' : (DE[ones] ?? '')}und${DE_TENS[tens] ?? ''}`;
};
const itPair = (value: number): string => {
  const [tens, ones] = split(value);
  const word = IT_TENS[tens] ?? '';
  if (value < 20) return IT[value] ?? '';
  if (ones === 0) return word;
  return `${ones === 1 || ones === 8 ? word.slice(0, -1) : word}${ones === 3 ? 'tré' : (IT[ones] ?? '')}`;
};
const below = (pair: (value: number) => string, digits: readonly string[], rest: number) =>
  rest < 10 ? (digits[rest] ?? '') : pair(rest);

export const voices: Readonly<Record<string, Voice>> = {
  en: {
    digits: EN.slice(0, 10),
    pair: enPair,
    triple: (value) =>
      `${EN[Math.floor(value / 100)] ?? ''} hundred${value % 100 ? ` ${below(enPair, EN, value % 100)}` : ''}`,
    twice: (digit) => `double ${digit}`,
    thrice: (digit) => `triple ${digit}`,
    cardOpenings: [
      '',
      'it is',
      'so my card number is',
      'yes sure, here you go:',
      'the long number is',
      'you want to take it down? fine,',
      'charge it to',
    ],
    fillers: [
      'uh',
      'got that',
      'yes',
      'right',
      'okay so',
      'and then',
      'um',
      'let me see',
      'hang on a sec',
      'the dog is barking, sorry',
      'did you catch it',
      'wait',
      'just a moment please',
      'you with me',
    ],
    confirmations: [
      'yes',
      'got that',
      'mm-hmm',
      'okay, go ahead',
      'right, and the rest please',
      'yes I have that down, carry on',
    ],
    closings: ['', 'thanks', 'that is all of it', 'did you get everything'],
    nationals: [
      { name: 'SSN', openings: ['my social is', 'my social security number is', 'the SSN is'], make: ssn },
      { name: 'NHS', openings: ['my NHS number is', 'the NHS number on the letter is'], make: nhs },
    ],
    harmless: [
      'my order number is #',
      'the order is # and it is late',
      'call me on #',
      'my phone number is #',
      'my tracking number says #',
      'reference # please',
      'you can reach me at #, thanks',
      'it is booking number #',
    ],
    quantities: [
      'I called 3 times and waited two hours each time',
      'one two three four five six seven eight nine',
      'that was 120 dollars on the 12th of May 2026',
      'sizes 36, 38, 40, 42, 44, 46, 48 and 50 please',
      'I have 2 phones, 4 lines and 11 users',
      'between 10 and 20 percent in 2024',
    ],
  },
  es: {
    digits: ES.slice(0, 10),
    pair: esPair,
    triple: (value) =>
      `${value === 100 ? 'cien' : (ES_HUNDREDS[Math.floor(value / 100)] ?? '')}${value % 100 ? ` ${below(esPair, ES, value % 100)}` : ''}`,
    twice: (digit) => `doble ${digit}`,
    thrice: (digit) => `triple ${digit}`,
    cardOpenings: ['', 'es el', 'mi número de tarjeta es', 'sí, claro, apunte:', 'la tarjeta es', 'pues mire,'],
    fillers: [
      'eh',
      'sí',
      'vale',
      'y luego',
      'lo tiene',
      'a ver',
      'espere que me pongo las gafas',
      'perdón el perro',
      '¿me sigue?',
      'bueno',
    ],
    confirmations: ['sí', 'vale', 'apuntado', 'dígame', 'sí, lo tengo, siga por favor', 'muy bien, continúe'],
    closings: ['', 'gracias', 'eso es todo', 'ya está'],
    nationals: [{ name: 'DNI', openings: ['mi DNI es', 'mi número de identidad es', 'el documento es'], make: dni }],
    harmless: [
      'mi pedido es el #',
      'el número de pedido es #',
      'mi teléfono es el #',
      'llámeme al #',
      'la referencia es #',
      'el número de seguimiento es #',
    ],
    quantities: [
      'llamé 3 veces y esperé dos horas',
      'uno dos tres cuatro cinco seis siete ocho nueve',
      'fueron 120 euros el 12 de mayo de 2026',
      'las tallas 36, 38, 40, 42, 44, 46 y 48',
      'tengo 2 teléfonos, 4 líneas y 11 usuarios',
    ],
  },
  pt: {
    digits: PT.slice(0, 10),
    pair: ptPair,
    triple: (value) =>
      `${value === 100 ? 'cem' : (PT_HUNDREDS[Math.floor(value / 100)] ?? '')}${value % 100 ? ` e ${below(ptPair, PT, value % 100)}` : ''}`,
    twice: (digit) => `duplo ${digit}`,
    thrice: (digit) => `triplo ${digit}`,
    cardOpenings: ['', 'é o', 'o número do meu cartão é', 'sim, pode anotar:', 'o cartão é', 'então olha,'],
    fillers: [
      'é',
      'sim',
      'certo',
      'e depois',
      'anotou',
      'deixa eu ver',
      'espera que vou pegar os óculos',
      'desculpa o cachorro',
      'entendeu?',
      'tá',
    ],
    confirmations: ['sim', 'certo', 'anotado', 'pode falar', 'sim, já tenho, pode continuar', 'muito bem, prossiga'],
    closings: ['', 'obrigado', 'é só isso', 'pronto'],
    nationals: [
      { name: 'CPF', openings: ['meu CPF é', 'o número do CPF é', 'o meu cpf'], make: cpf },
      { name: 'NIF', openings: ['o meu NIF é', 'o número de contribuinte é'], make: nif },
    ],
    harmless: [
      'meu pedido é o #',
      'o número do pedido é #',
      'meu telefone é #',
      'a referência é #',
      'o protocolo é #',
      'o código de rastreio é #',
    ],
    quantities: [
      'liguei 3 vezes e esperei duas horas',
      'um dois três quatro cinco seis sete oito nove',
      'foram 120 reais no dia 12 de maio de 2026',
      'os tamanhos 36, 38, 40, 42, 44, 46 e 48',
      'tenho 2 telefones, 4 linhas e 11 usuários',
    ],
  },
  fr: {
    digits: FR.slice(0, 10),
    pair: frPair,
    triple: (value) =>
      `${value < 200 ? 'cent' : `${FR[Math.floor(value / 100)] ?? ''} cent`}${value % 100 ? ` ${below(frPair, FR, value % 100)}` : ''}`,
    twice: (digit) => `double ${digit}`,
    thrice: (digit) => `triple ${digit}`,
    cardOpenings: ['', "c'est le", 'mon numéro de carte est le', 'oui, notez :', 'la carte, c’est', 'alors voilà,'],
    fillers: [
      'euh',
      'oui',
      "d'accord",
      'et ensuite',
      "c'est noté",
      'voyons voir',
      'attendez je prends mes lunettes',
      'pardon le chien aboie',
      'vous me suivez ?',
      'bon',
    ],
    confirmations: [
      'oui',
      "d'accord",
      "c'est noté",
      'allez-y',
      "oui, je l'ai, continuez s'il vous plaît",
      'très bien, la suite',
    ],
    closings: ['', 'merci', "c'est tout", 'voilà'],
    nationals: [
      { name: 'NIR', openings: ['mon numéro de sécurité sociale est le', 'mon numéro de sécu c’est'], make: nir },
    ],
    harmless: [
      'ma commande est la #',
      'le numéro de commande est #',
      'mon téléphone est le #',
      'rappelez-moi au #',
      'la référence est #',
      'le numéro de suivi est #',
    ],
    quantities: [
      "j'ai appelé 3 fois et attendu deux heures",
      'un deux trois quatre cinq six sept huit neuf',
      "c'était 120 euros le 12 mai 2026",
      'les tailles 36, 38, 40, 42, 44, 46 et 48',
      "j'ai 2 téléphones, 4 lignes et 11 utilisateurs",
    ],
  },
  de: {
    digits: DE.slice(0, 10),
    pair: dePair,
    triple: (value) =>
      `${value < 200 ? 'ein' : (DE[Math.floor(value / 100)] ?? '')}hundert${value % 100 ? below(dePair, DE, value % 100) : ''}`,
    twice: (digit) => `doppel ${digit}`,
    thrice: (digit) => `dreimal ${digit}`,
    cardOpenings: ['', 'das ist die', 'meine Kartennummer ist', 'ja, schreiben Sie auf:', 'die Karte ist', 'also gut,'],
    fillers: [
      'äh',
      'ja',
      'gut',
      'und dann',
      'haben Sie das',
      'Moment',
      'warten Sie, ich hole die Brille',
      'Entschuldigung, der Hund bellt',
      'hören Sie mich?',
      'so',
    ],
    confirmations: [
      'ja',
      'gut',
      'notiert',
      'bitte weiter',
      'ja, das habe ich, machen Sie weiter',
      'alles klar, und dann',
    ],
    closings: ['', 'danke', 'das ist alles', 'fertig'],
    nationals: [
      {
        name: 'Steuer-ID',
        openings: ['meine Steuer-ID ist', 'meine Steueridentifikationsnummer lautet'],
        make: steuerId,
      },
    ],
    harmless: [
      'meine Bestellung ist die #',
      'die Bestellnummer ist #',
      'meine Telefonnummer ist #',
      'die Referenz ist #',
      'die Sendungsnummer ist #',
      'meine Kundennummer ist #',
    ],
    quantities: [
      'ich habe 3 mal angerufen und zwei Stunden gewartet',
      'eins zwei drei vier fünf sechs sieben acht neun',
      'das waren 120 Euro am 12. Mai 2026',
      'die Größen 36, 38, 40, 42, 44, 46 und 48',
      'ich habe 2 Telefone, 4 Leitungen und 11 Nutzer',
    ],
  },
  it: {
    digits: IT.slice(0, 10),
    pair: itPair,
    triple: (value) =>
      `${value < 200 ? 'cento' : `${IT[Math.floor(value / 100)] ?? ''}cento`}${value % 100 ? below(itPair, IT, value % 100) : ''}`,
    twice: (digit) => `doppio ${digit}`,
    thrice: (digit) => `triplo ${digit}`,
    cardOpenings: ['', 'è il', 'il numero della mia carta è', 'sì, scriva pure:', 'la carta è', 'allora guardi,'],
    fillers: [
      'ehm',
      'sì',
      'va bene',
      'e poi',
      'ha scritto',
      'vediamo',
      'aspetti che prendo gli occhiali',
      'scusi il cane',
      'mi segue?',
      'ecco',
    ],
    confirmations: ['sì', 'va bene', 'segnato', 'mi dica', 'sì, ce l’ho, continui pure', 'benissimo, vada avanti'],
    closings: ['', 'grazie', 'è tutto', 'ecco fatto'],
    nationals: [
      {
        name: 'codice fiscale',
        openings: ['il mio codice fiscale è', 'codice fiscale', 'come codice fiscale ho'],
        make: codiceFiscale,
      },
    ],
    harmless: [
      'il mio ordine è il #',
      'il numero ordine è #',
      'il mio telefono è #',
      'il riferimento è #',
      'la spedizione è #',
      'il mio cellulare è #',
    ],
    quantities: [
      'ho chiamato 3 volte e aspettato due ore',
      'uno due tre quattro cinque sei sette otto nove',
      'erano 120 euro il 12 maggio 2026',
      'le taglie 36, 38, 40, 42, 44, 46 e 48',
      'ho 2 telefoni, 4 linee e 11 utenti',
    ],
  },
};
