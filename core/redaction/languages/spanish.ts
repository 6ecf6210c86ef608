import type { Language } from './language.ts';

export const spanish: Language = {
  tag: 'es',
  zero: 'cero/ceros',
  ones: 'uno/un/una dos tres cuatro cinco seis siete ocho nueve',
  teens: 'diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve',
  tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  hundreds:
    'cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas',
  thousand: 'mil',
  isOneImplied: true,
  and: 'y',
  inOneWord: (value) =>
    value < 30 ? [`veinti${ONES[value - 20] ?? ''}`, ...(value === 21 ? ['veintiun', 'veintiuna'] : [])] : [],
  repeats: { 2: 'doble, dos veces, par de', 3: 'triple, tres veces', 4: 'cuadruple, cuatro veces' },
  plurals: 'unos doses treses cuatros cincos seises sietes ochos nueves ceros',
  letters: {
    efe: 'F',
    jota: 'J',
    hache: 'H',
    eme: 'M',
    ene: 'N',
    enie: 'N',
    erre: 'R',
    equis: 'X',
    zeta: 'Z',
    ceta: 'Z',
    uve: 'V',
    griega: 'Y',
    ye: 'Y',
    cu: 'Q',
    ele: 'L',
    pe: 'P',
    ge: 'G',
  },
  doubtfulLetters: { be: 'B', ce: 'C', de: 'D', ka: 'K', ere: 'R', ese: 'S', te: 'T', ve: 'V' },
  fillers: `y e o u a el la los las es son de del en mi su tu le lo eh em pues bueno vale si ok okay listo perfecto claro
    correcto exacto entendido anotado apuntado bien muy gracias por favor luego despues entonces sigue siga continua
    continue adelante diga digame dime ya aja aham mhm espere espera un momento segundo momentito a ver guion espacio coma
    punto barra numero numeros digito digitos cifra cifras el siguiente primero ultimo empieza empezando termina tengo
    dice aqui esta largo delante que y luego seguido le escucho escucho de acuerdo copiado no ahora letra la`,
  units: `segundo segundos minuto minutos hora horas dia dias semana semanas mes meses ano anos vez veces dolar dolares
    euro euros peso pesos centimos persona personas grados kilometros metros kilos litros gigas megas piezas
    unidades cajas llamadas correos mensajes ninos hijos cosas momento momentito lineas telefonos camisetas camisas
    facturas pares productos paquetes asientos entradas plazas cuotas pagos millon millones`,
  ordinals: 'siguiente siguientes primeros primeras ultimos ultimas otros otras proximos los',
  months: 'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre',
  beforeYears: 'en desde hasta ano de',
  endings:
    'termina en, terminada en, terminado en, acaba en, acabada en, ultimos cuatro, ultimos cuatro digitos, ultimas cuatro cifras',
  subjects: {
    CARD_NUMBER: `tarjeta, tarjetas, numero de tarjeta, numero de la tarjeta, visa, mastercard, american express, amex,
      debito, tarjeta de credito`,
    SECURITY_CODE: 'codigo de seguridad, cvv, cvc, codigo de verificacion, numero de seguridad, por detras',
    EXPIRY:
      'caducidad, fecha de caducidad, caduca, vencimiento, fecha de vencimiento, vence, expira, fecha de expiracion, valida hasta',
    IBAN: 'iban',
    ACCOUNT_NUMBER: 'numero de cuenta, cuenta bancaria, cuenta corriente',
    PASSPORT: 'pasaporte, numero de pasaporte',
    DRIVING_LICENCE: 'permiso de conducir, carnet de conducir, licencia de conducir, licencia de manejo',
    DNI: 'dni, d n i, nie, n i e, nif, n i f, documento, documento de identidad, documento nacional de identidad, numero de identidad, carnet de identidad, identificacion',
    SSN: 'seguro social, numero de seguro social, seguridad social, numero de la seguridad social, social',
    harmless: `pedido, numero de pedido, orden, numero de orden, telefono, numero de telefono, movil, celular, fijo,
      referencia, numero de referencia, seguimiento, numero de seguimiento, reserva, numero de reserva, incidencia, caso,
      numero de caso, factura, numero de factura, codigo postal, serie, numero de serie, modelo, cliente,
      numero de cliente, extension, contrato, numero de contrato, albaran, poliza, expediente, ticket, localizador,
      llamame al, llameme al, envio, paquete, precio, importe, total, cantidad`,
    list: 'tallas, talla, cantidades, paginas, habitaciones, canales, contando, edades',
  },
};

const ONES = ['', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve'];
