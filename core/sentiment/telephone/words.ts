import type { Ratings } from './ratings.ts';

/** Single words that VADER lacks or that mean something else on the telephone. */
export const TELEPHONE_WORDS: Ratings = [
  [-3, `disgusting incompetent incompetence disgraceful appalling shambles shambolic atrocious abysmal`],
  [
    -2.5,
    `unacceptable useless livid fuming outrageous diabolical rubbish disgusted shocking fobbed missold mis-sold inept
    seething crooks conned fleeced`,
  ],
  [
    -2,
    `cancel complaint complaints ridiculous overcharged farce fiasco hopeless clueless robbery extortionate cowboys
    nightmare patronising condescending unprofessional unhelpful unbelievable infuriating lousy shoddy botched bodged
    jobsworth disorganised gutted absurd sacked letdown peeved bollocks insane`,
  ],
  [
    -1.5,
    `cancellation escalate escalated escalation excuses nonsense ignored overpriced misled wrongly unfairly dissatisfied
    inconvenience inconvenienced unreliable sloppy dodgy amateurs so-called compensation compensate shouted swore hassle`,
  ],
  [
    -2,
    `appalled exasperated irate insulting insulted degrading ludicrous laughable preposterous woeful inexcusable
    unforgivable scandal scandalous uncaring heartless humiliated humiliating distraught devastated fobbing swindle
    swindled inedible filthy unusable unsatisfactory dishonest deceitful deceptive negligent negligence amateurish sham
    extortion garbage clowns thieves robbers fraudsters scammers`,
  ],
  [
    -1.5,
    `runaround rigmarole palaver faff stressful exhausting unsatisfied unresolved unanswered unjust misleading mislead
    overdue substandard subpar mediocre underwhelming underwhelmed grubby smelly stinks stinking mouldy moldy laggy
    glitchy buggy unreasonable unreachable blunder cock-up mix-up dismissive careless slapdash dire unimpressed ripoff
    overcrowded cheek cheeky dissatisfaction trash`,
  ],
  [
    -1.2,
    `wrong ugh ughh ugghh uggh argh argg arghh grr grrr geez jeez jeeze darn dang drat drats yuck eww ew yikes bummer smh ffs
    dammit damnit shucks`,
  ],
  [-0.8, `incorrect incorrectly mistaken pricey delays`],
  [-1, `refund refunded refunds expensive supposedly`],
  [-0.5, `supervisor supervisors manager managers`],
  [0.9, `wow woah whoa`],
  [
    1,
    `straightforward painless prompt promptly smooth smoothly reassuring reassured satisfied fixed reasonable cheaper
    phew deserves`,
  ],
  [
    1.5,
    `thanks thankyou ta cheers sorted solved quickest easiest nicest kindest friendliest fastest bargain doddle
    magic`,
  ],
  [
    2,
    `resolved appreciate appreciated appreciates grateful chuffed spotless lifesaver impressed polite courteous
    professional efficient knowledgeable thorough attentive understanding seamless smashing cracking marvellous legend`,
  ],
  [2.5, `helpful brilliant godsend`],
  [3, `excellent perfect wonderful faultless flawless`],
];

/** Small talk and jargon: said without feeling, whatever VADER rates them. */
export const NEUTRAL_WORDS = `
  no yes yeah yep ok okay sure fine please pardon dear sorry well like hello certain ready clear straight number want
  hope hoping hopefully wish help helping helps support supported care careful share shares shared value valued worth
  true truly honestly clearly definitely certainly surely sincerely seriously unfortunately excuse apology apologise
  apologize apologies chance important huge increase increased effective guarantee smart top active play special natural
  credit credits security secure secured unsecured insurance interest interested agreement agree agreed accept accepted
  acceptable approved benefit benefits reward rewards bonus award prize free save saved saving savings trust trustee
  united energy confirm pay paying payment charge charged charges legal debt debts arrears dispute disputed penalty risk
  risks loss lowest claim claims accident accidents accidental accidentally emergency damage damaged damages fire fault
  faults faulty broken broke break leak leaking crash collision injury injured ill illness sick hospital allergic cancer
  pain painful hurt hurts sore ache blind heart severe vulnerable weak funeral death died dead die deceased killed stolen
  steal theft lost lose losing fraud fraudulent hacked scam spam crime criminal offence victim suspect attack prison
  bankrupt alarm alarms warning warn block blocked stop stopped cut suspend suspended freeze rejected reject denied
  declined error errors defect missing miss missed limited restricted empty low hard heat hazard danger dangerous
  problem problems trouble party original cancelled cancelling canceled delay delayed urgent worry pressure strong
  solution positive negative welcome friend friends bless god treat growth opportunity promise promised promises postpone
  postponed forgot forget forgotten forgetting fell fall fallen cracked crack smashed scratched strike struck
  disconnected protect protected protection safe safety safely ensure assure assured assurance fit fitness grant granted
  grants join joined joining admit admitted challenge demand dedicated determine warm cool clean dirty grand gold gross
  grey nuts alone leave avoid unsure mature default casualty intruder threat pest poison fever discount discounted defer
  deferred exempt waive sole stable engaged create unable prevent prevented matter matters battle peace fresh refuse holiday holidays
  gift gifts kia po rob robs lower joke joked joking stole cheapest prick pricked cock complained complains complain super
  harsh demanding 182 187 86 143 1432 10q alone stops stopping play playing played plays fan fans forgetful temper disappear disappears disappeared ha haha hah lol lmao dizzy weakness arrest arrested arrests violate violating violation mistake mistakes weary gun shot shots drunk lush kill killed killing poor mad bug bugs nerves sunshine party parties`;

/** Degree words that VADER does not know. */
export const TELEPHONE_BOOSTERS = `super absolute complete such proper downright simply genuinely seriously properly truly`;

/** Before one of these "no" is an answer and negates nothing. */
export const ANSWER_FOLLOWERS = `
  i i'm i've i'd i'll it it's that that's that'll this thats there there's you you've you're we we're we've we'd we'll he
  he's she she's they they're they've not nothing none thank thanks thankyou just actually honestly really the my so oh
  please sorry fair all no never don't as absolutely perfect great lovely brilliant good`;
