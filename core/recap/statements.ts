/**
 * What people say they have done, will do, or want, in the phrase language of `core/text/pattern.ts`. English; lines of
 * other languages are not searched for it.
 */
interface Statements {
  readonly phrases: readonly string[];
  readonly ignore: readonly string[];
}

const ARRANGED =
  '=booked|=rebooked|=scheduled|=rescheduled|=arranged|=ordered|=sent|=posted|=shipped|=dispatched|=emailed|=texted|=changed|=updated|=cancelled|=canceled|=closed|=opened|=raised|=logged|=created|=registered|=refunded|=credited|=waived|=removed|=added|=reset|=fixed|=repaired|=replaced|=corrected|=transferred|=escalated|=processed|=approved|=applied|=activated|=deactivated|=unlocked|=blocked|=unblocked|=reserved|=confirmed|=completed|=submitted|=filed|=forwarded|=extended|=upgraded|=restarted|=reported|=resolved|=sorted|=paid|=placed|=issued|=reversed|=saved|=set up|=signed up|=put through|=charged|=stopped|=switched|=moved|=adjusted|=recorded';

/** Something is done. */
export const DONE: Statements = {
  phrases: [
    `{i} =have [{surely}|already|successfully] (${ARRANGED}) *1`,
    `{i} (got|have) *3 (=booked|=scheduled|=arranged|=confirmed|=reserved) [in|for]`,
    `(=has|=have) [{surely}|already|successfully] been [{surely}|already|successfully] (${ARRANGED}|=made|=done|=delivered|=placed|=sorted out|=received)`,
    `(your|the|that|this|it|everything) *3 (=is|=are) [{surely}|already|all] (${ARRANGED}|=done|=active|=complete|on its way|on the way|good to go|=sorted out|all set|up and running|=live) [now]`,
    '{start} [so|ok|okay|great|alright|right] [that is|it is|all] (=done|=sorted|=booked|=confirmed|all set|=scheduled|taken care of) [for you|now]',
    '{i} (just|already) [just|already] (booked|scheduled|arranged|ordered|sent|emailed|texted|changed|updated|cancelled|canceled|refunded|credited|waived|removed|added|reset|fixed|replaced|escalated|processed|applied|activated|submitted|forwarded)',
    '{start} (=booked|=scheduled|=confirmed|=cancelled|=rescheduled) [it|that|for]',
    'you =are [all|now] (=booked|=scheduled|=confirmed|=registered|all set|=set up) [in|for|now]',
  ],
  ignore: [
    '(has|have) [it|they|that] not …',
    'not …',
    '(if|once|when|until|after|before|unless|whether|as soon as) *3 …',
    '(who|what|which|that) {i} …',
    '(would|should|could|will|must) [not] [*1] …',
    '(is|are|has|have) (your|the|that|this|it|everything) …',
  ],
};

const DO_LATER =
  'call|ring|phone|email|text|message|send|post|ship|mail|dispatch|deliver|refund|credit|book|arrange|schedule|order|replace|repair|escalate|raise|file|submit|forward|follow up|waive|remove|fix|come back|get back|be back|get in touch|be in touch|stay in touch|let you know|keep you|reach out|pass [this|that|it|your *2] (on|to|along)|make sure|ensure|see to it|make a note|have (someone|somebody|a technician|an engineer|(a|the|my|our) (manager|supervisor|colleague|team|technician|engineer|boss))|get (someone|somebody|a technician|an engineer|a manager|a supervisor|the manager)|pay|return|bring|process|transfer|chase|contact|notify|update|sort|open|report|issue|reimburse|compensate|drop|cover|investigate';

/** Somebody commits to something that is to come. */
export const PROMISED: Statements = {
  phrases: [
    `{i} (will|shall|am going to|are going to) [{surely}|personally|also|then|all|both|have to] (${DO_LATER})`,
    '{i} (promise|guarantee|give you my word|assure you)',
    'you (will|should|are going to) [{surely}|also|then] (receive|get|hear|be (=contacted|=called|=refunded|=credited|=charged|=notified|=sent|=billed))',
    '(someone|somebody|a technician|an engineer|the technician|the engineer|technician|engineer|plumber|driver|courier|inspector|specialist|colleague|our *2|my colleague|my *1 manager|the manager|my supervisor|they|he|she) (will|can|is going to|are going to|shall) [{surely}|also] (call|come|contact|visit|be there|be with you|be in touch|arrive|deliver|send|email|ring|reach|pick|collect|fix|repair|look|get back|bring|replace)',
    '(refund|money|credit|payment|card|parcel|package|order|replacement|delivery|letter|email|text|code|confirmation|invoice|month|bill|fee|charge) (will|should|is going to) [{surely}] (be|arrive|reach|take|come|appear|show) *1',
    '(it|this|that|they|these|everything|all) (will|should|is going to|are going to) [{surely}|all] (be (=delivered|=refunded|=credited|=repaired|=fixed|=replaced|=sent|=posted|=shipped|=sorted|=resolved|=done|=ready|=waived|=removed|=free|=processed|=working|=back|=there|=with you|=in your)|arrive|reach you|come to you)',
    '(is|are) (due|coming|scheduled|expected) *1 (today|tonight|tomorrow|on|by|at|within|next|in)',
    'let me (call|ring|phone) you back',
  ],
  ignore: [
    '(if|whether|unless|when|who|what|which|how|where|why|hope|hoping|think|thought|guess|suppose|maybe|perhaps|not sure|wonder) *3 …',
    'not …',
    '(will|would|can|could|do|does|shall|should) (you|they|he|she|it|{i}) …',
    '… [it] (if|unless) you [do not]',
    '… (in (one|a) (moment|second|minute)|right (now|back)|just a (moment|second|minute))',
    '{i} will get (that|this|it|your|the)',
    '{i} will (call|contact) (you|them) {end}',
    '(said|told|says|promised|assured) [me|us] [that] *2 …',
  ],
};

/** What callers commit to: less, for they say of many things what they will do. */
export const CALLER_PROMISES: Statements = {
  phrases: [
    '{i} (will|shall|am going to|are going to) [{surely}|then|also] (pay|send|post|mail|email|fax|return|bring|transfer|sign|fill|upload|call [you] back|ring [you] back|get back to you|let you know|drop it off|confirm)',
  ],
  ignore: PROMISED.ignore,
};

/** Nothing else is wanted. */
export const CLOSING: readonly string[] = [
  '(that|this) (is|was|will be|would be|should be) (it|all|everything|that)',
  'that is all *2',
  '{i} (am|are) (good|fine|done|all set|okay|sorted)',
  'nothing else',
  '(thanks|thank you) *2 (help|helping|assistance|time|everything)',
  '(goodbye|good bye|bye)',
];

/** Somebody wants something, or says why they call. */
export const ASKED: Statements = {
  phrases: [
    '{i} [{surely}] (want|need|require|would like|would love|would prefer) *1',
    '{i} (am|are|was|were) [{surely}] (calling|ringing|phoning|contacting|writing|looking|trying|wondering|hoping|interested|here)',
    '(can|could|will|would|may) (you|{i}) [{surely}] *2',
    '{want to} *1',
    '(there is|i have|we have|i got|having|got) *2 (problem|issue|trouble|question|complaint|query|error|fault|leak|delay|concern)',
    '(the reason|the purpose) *3 (call|calling)',
    '(how|where|when|why|what|which|who) *1 (do|does|did|can|could|is|are|was|were|would|will|should|has|have)',
    '(=help|=assist) me',
    '(show|give|tell|get|find|book|check|make|order|schedule) me',
    '{start} [please] (find|book|check|cancel|order|make|schedule|reserve|transfer|send|plan|change|set) *1',
    '(is|are|do|does) (there|you|it|my|the) *3',
  ],
  ignore: [
    '(what|how) is (your name|up)',
    'how are you',
    '(can|could|are) you [even|still] (hear|there)',
    'are you there',
    '(want|need) (anything|nothing)',
    '(that is|is) all *2',
  ],
};

/** An agent asks what else the caller wants: what follows is a further reason of the call. */
export const ANYTHING_ELSE: readonly string[] = [
  '(anything|something|what) *1 else *3 (help|do|assist|need|today|like|want|for you)',
  '(anything|something) else {end}',
  'what else (can|could|may) {i}',
];

/** A thing that fails, is missing or was wrong. */
export const TROUBLE: Statements = {
  phrases: [
    '(has|have|is|are|was|does|did|do|will|can|could) not *2 (work|arrive|come|turn|start|connect|load|open|receive|received|sent|get|got|refunded|log|access|delivered|show|hear|reach|respond|go)',
    '(not|never) (work|arrive|receive|get|come|show|show up|turn up)',
    '{broken}',
    '(broke|broke down|stopped working|keep (dropping|failing|crashing|cutting)|cut off|gone wrong|went wrong)',
    '(wrong|double|twice|incorrect|incorrectly|overcharged|charged|lost|stolen|late|missed|delayed|cancelled|refused|rejected|denied) *1',
    '(lost|forgot|forgotten|cannot find|missing) *2 (my|our|the)',
    '(locked|shut) out',
    'no (heating|power|signal|internet|connection|hot water|water|service|dial tone|response|answer|reply)',
  ],
  ignore: ['nothing [is] wrong', '(no|not) *1 (broken|late|wrong|problem)'],
};

/** Words that say nothing about why somebody calls. */
export const SMALL_TALK: readonly string[] = [
  'hi|hello|hey|good (morning|afternoon|evening|day)|greetings',
  'how are you [doing|today]',
  'thank you|thanks|thank you so much|please',
  '(yes|yeah|yep|yup|no|nope|ok|okay|sure|right|alright|great|perfect|fine|correct|exactly|uh|um|hmm|oh|well|so|and|but|that is (right|correct|fine))',
  '(my|the) name is *3',
  '(this|it) is *2 (speaking|here|calling)',
  '(my|the) (number|account number|policy number|order number|date of birth|address|postcode|zip code|email) is *5',
  '{i} am (good|fine|well|doing well)',
  '{i} am {capital}',
  '(can|could|would|will) (you|anyone|somebody) [please] help [me|us]',
  '(are|is) (you|anyone|anybody) there',
  'can you hear me',
];
