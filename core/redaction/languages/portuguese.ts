import type { Language } from './language.ts';

export const portuguese: Language = {
  tag: 'pt',
  zero: 'zero/zeros',
  ones: 'um/uma dois/duas tres quatro cinco seis/meia sete oito nove',
  teens:
    'dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove',
  tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
  otherTens: { cincoenta: 50 },
  hundreds:
    'cem/cento duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas seiscentos/seiscentas setecentos/setecentas oitocentos/oitocentas novecentos/novecentas',
  thousand: 'mil',
  isOneImplied: true,
  and: 'e',
  repeats: {
    2: 'duplo, dupla, dobro, duas vezes, dobrado, double',
    3: 'triplo, tripla, tres vezes, triple',
    4: 'quadruplo, quadrupla, quatro vezes',
  },
  letters: {
    efe: 'F',
    jota: 'J',
    aga: 'H',
    eme: 'M',
    ene: 'N',
    erre: 'R',
    xis: 'X',
    ipsilon: 'Y',
    ele: 'L',
    esse: 'S',
    pe: 'P',
  },
  doubtfulLetters: { be: 'B', ce: 'C', de: 'D', ge: 'G', te: 'T', ve: 'V', ze: 'Z', ca: 'K', que: 'Q' },
  fillers: `e o a os as ou do da de dos das no na em e meu minha seu sua eh ah hum entao bom bem sim ok okay certo
    certinho perfeito claro correto exato isso entendi entendido anotado anotei obrigado obrigada por favor depois agora
    segue pode continuar continua continue prossiga diga ja espera espere so momento segundo momentinho instante ta tracinho traco
    espaco virgula ponto barra numero numeros digito digitos proximo primeiro ultimo comeca termina tenho aqui esta la
    seguido de que sao pois beleza tudo uhum aham pronto vamos la`,
  units: `segundo segundos minuto minutos hora horas dia dias semana semanas mes meses ano anos vez vezes dolar dolares
    euro euros real reais centavos centimos pessoa pessoas graus quilometros metros quilos litros gigas
    megas pecas unidades caixas chamadas ligacoes mensagens emails filhos criancas coisas momento momentinho instante
    linhas telefones camisas camisetas faturas pares produtos pacotes parcelas pagamentos lugares milhao milhoes`,
  ordinals: 'proximos proximas primeiros primeiras ultimos ultimas outros outras os',
  months: 'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  beforeYears: 'em desde ate ano de',
  endings: 'termina em, terminado em, terminada em, final, ultimos quatro, ultimos quatro digitos',
  subjects: {
    CARD_NUMBER: `cartao, cartoes, numero do cartao, numero de cartao, visa, mastercard, american express, amex, elo,
      cartao de credito, debito`,
    SECURITY_CODE: 'codigo de seguranca, cvv, cvc, codigo de verificacao, atras do cartao',
    EXPIRY: 'validade, data de validade, vencimento, data de vencimento, vence, expira, valido ate, caduca',
    IBAN: 'iban, nib',
    ACCOUNT_NUMBER: 'numero da conta, numero de conta, conta bancaria, conta corrente',
    PASSPORT: 'passaporte, numero do passaporte',
    DRIVING_LICENCE: 'carta de conducao, carteira de motorista, cnh, habilitacao',
    NIF: 'nif, n i f, contribuinte, numero de contribuinte, numero fiscal, identificacao fiscal',
    CPF: 'cpf, c p f, cadastro de pessoa fisica',
    CNPJ: 'cnpj, c n p j',
    harmless: `pedido, numero do pedido, encomenda, numero da encomenda, telefone, numero de telefone, telemovel, celular,
      contacto, referencia, numero de referencia, rastreio, rastreamento, codigo de rastreio, reserva, protocolo,
      numero do protocolo, chamado, fatura, numero da fatura, codigo postal, cep, serie, numero de serie, modelo,
      cliente, numero de cliente, ramal, contrato, apolice, processo, ticket, envio, pacote, preco, valor, total,
      quantidade, liga para, ligue para`,
    list: 'tamanhos, tamanho, quantidades, paginas, quartos, canais, contando, idades',
  },
};
