// @generated from the API's own document by `npm run api-types`: DO NOT EDIT.

export interface paths {
  '/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The token’s owner, and what they may see */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The person */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              person: {
                sub: string;
                name: string;
              };
              /** @enum {string} */
              role: 'supervisor' | 'admin';
              restriction?: {
                campaigns?: string[];
                teams?: string[];
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/tickets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A ticket that opens one WebSocket within 30 s: append `?ticket=` to its url */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The ticket */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              ticket: string;
              expiresAt: number;
              /** Format: uri */
              url: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Past calls, the newest first; where words are searched, with excerpts */
    get: {
      parameters: {
        query?:
          | {
              agent?: string | undefined;
              campaign?: string | undefined;
              rule?: string | undefined;
              number?: string | undefined;
              from?: string | undefined;
              to?: string | undefined;
              timeZone?: string | undefined;
              mood?: ('negative' | 'neutral' | 'positive') | undefined;
              level?: (('warning' | 'urgent' | 'critical') | 'any') | undefined;
              words?: string | undefined;
              limit?: number | undefined;
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A page */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              calls: {
                callId: string;
                /** @enum {string} */
                status: 'live' | 'ended' | 'lost';
                startedAt: number;
                endedAt: number;
                /** @enum {string} */
                endReason?: 'hangup' | 'drained' | 'relay-restarted' | 'lost';
                durationMs: number;
                agent?: {
                  id: string;
                  name?: string;
                };
                caller?: {
                  number?: string;
                  name?: string;
                };
                campaign?: string;
                inGroup?: string;
                queue?: string;
                meanMood: number;
                positive: number;
                neutral: number;
                negative: number;
                utterances: number;
                alerts: number;
                /** @enum {string} */
                highestLevel?: 'warning' | 'urgent' | 'critical';
                rules?: string[];
                unsearchedWords?: number;
                reason?: string;
                recapAt?: number;
                topics?: string[];
                hit?: {
                  seq: number;
                  startMs: number;
                  text: string;
                  found: {
                    start: number;
                    end: number;
                  }[];
                };
              }[];
              cursor?: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/choices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The agents and campaigns that past calls can be searched by */
    get: {
      parameters: {
        query?:
          | {
              days?: number | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description By name */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              agents: {
                id: string;
                name?: string;
              }[];
              campaigns: string[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Past calls as a file */
    get: {
      parameters: {
        query?:
          | {
              agent?: string | undefined;
              campaign?: string | undefined;
              rule?: string | undefined;
              number?: string | undefined;
              from?: string | undefined;
              to?: string | undefined;
              timeZone?: string | undefined;
              mood?: ('negative' | 'neutral' | 'positive') | undefined;
              level?: (('warning' | 'urgent' | 'critical') | 'any') | undefined;
              words?: string | undefined;
              format?: ('csv' | 'json') | undefined;
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The calls; `x-next-cursor` where more follow */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/csv': string;
            'application/json': string;
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One call with its transcript as a file */
    get: {
      parameters: {
        query?:
          | {
              format?: ('csv' | 'json') | undefined;
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The call; `x-next-cursor` where more follows */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/csv': string;
            'application/json': string;
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/downloads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Notes that the page’s transcript of a call is downloaded, copied or printed */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @enum {string} */
            format: 'copy' | 'print' | 'txt' | 'json' | 'csv' | 'srt' | 'vtt';
          };
        };
      };
      responses: {
        /** @description Noted */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The live calls and the relays’ last reports; `cursor` where more follow */
    get: {
      parameters: {
        query?:
          | {
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Live calls, the newest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              calls: {
                callId: string;
                relayId: string;
                pbx: string;
                version: number;
                /** @enum {string} */
                status: 'live' | 'ended' | 'lost';
                engine?: string;
                startedAt: number;
                endedAt?: number;
                /** @enum {string} */
                endReason?: 'hangup' | 'drained' | 'relay-restarted' | 'lost';
                metadata: {
                  linkedid?: string;
                  agent?: {
                    id: string;
                    name?: string;
                  };
                  caller?: {
                    number?: string;
                    name?: string;
                  };
                  campaign?: string;
                  inGroup?: string;
                  queue?: string;
                  /** Format: uri */
                  recordingUrl?: string;
                  leadId?: string;
                  disposition?: string;
                  termReason?: string;
                  queueMs?: number;
                  swappedAfter?: number[];
                  language?: {
                    tag: string;
                    /** @enum {string} */
                    from: 'engine' | 'dialplan' | 'person' | 'default';
                  };
                  diallerLengthMs?: number;
                };
                channels: {
                  agent?: {
                    utterances: number;
                    words: number;
                    speechMs: number;
                    positive: number;
                    neutral: number;
                    negative: number;
                  };
                  caller?: {
                    utterances: number;
                    words: number;
                    speechMs: number;
                    positive: number;
                    neutral: number;
                    negative: number;
                  };
                  mixed?: {
                    utterances: number;
                    words: number;
                    speechMs: number;
                    positive: number;
                    neutral: number;
                    negative: number;
                  };
                };
                alertCount: number;
                lastUtterance?: {
                  seq: number;
                  /** @enum {string} */
                  channel: 'agent' | 'caller' | 'mixed';
                  text: string;
                  endMs: number;
                };
                lostAudioMs: number;
                mood: {
                  rolling: number;
                  trend: number;
                  points: number[];
                };
                silenceMs: number;
                interruptions: {
                  agent?: number;
                  caller?: number;
                  mixed?: number;
                };
                keywords: {
                  phrase: string;
                  count: number;
                }[];
                deadlines: {
                  ruleName: string;
                  dueMs: number;
                  doneMs?: number;
                  ruleId: string;
                }[];
                health: {
                  /** @enum {string} */
                  agent?: 'heard' | 'late' | 'unheard';
                  /** @enum {string} */
                  caller?: 'heard' | 'late' | 'unheard';
                  /** @enum {string} */
                  mixed?: 'heard' | 'late' | 'unheard';
                };
                /** @enum {string} */
                openLevel?: 'warning' | 'urgent' | 'critical';
              }[];
              relays: {
                relayId: string;
                tickedAt: number;
                part: number;
                parts: number;
                relayVersion?: string;
                contractVersion?: number;
                spooledEvents: number;
                problems?: string[];
                trunkQuestions?: {
                  prefix: string;
                  context?: string;
                  swaps: number;
                }[];
                calls: {
                  callId: string;
                  atMs: number;
                  lastSeq: number;
                  scope?: {
                    agentId?: string;
                    campaign?: string;
                    inGroup?: string;
                    language?: string;
                  };
                  legs: {
                    /** @enum {string} */
                    channel: 'agent' | 'caller' | 'mixed';
                    engine: string;
                    lastAudioAgeMs: number;
                    speechMs: number;
                    silenceMs: number;
                    engineLagMs: number;
                    engineDownMs?: number;
                    gapCount: number;
                  }[];
                  /** @enum {boolean} */
                  isRestarting?: true;
                }[];
                pbx?: string;
                queues?: {
                  queue: string;
                  calls: number;
                  longestSince?: number;
                  abandoned: number;
                }[];
                callsInBrief?: number;
              }[];
              cursor?: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One call with its transcript, its alerts and its monitors; `cursor` where more follow */
    get: {
      parameters: {
        query?:
          | {
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The call */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              call: {
                callId: string;
                relayId: string;
                pbx: string;
                version: number;
                /** @enum {string} */
                status: 'live' | 'ended' | 'lost';
                engine?: string;
                startedAt: number;
                endedAt?: number;
                /** @enum {string} */
                endReason?: 'hangup' | 'drained' | 'relay-restarted' | 'lost';
                metadata: {
                  linkedid?: string;
                  agent?: {
                    id: string;
                    name?: string;
                  };
                  caller?: {
                    number?: string;
                    name?: string;
                  };
                  campaign?: string;
                  inGroup?: string;
                  queue?: string;
                  /** Format: uri */
                  recordingUrl?: string;
                  leadId?: string;
                  disposition?: string;
                  termReason?: string;
                  queueMs?: number;
                  swappedAfter?: number[];
                  language?: {
                    tag: string;
                    /** @enum {string} */
                    from: 'engine' | 'dialplan' | 'person' | 'default';
                  };
                  diallerLengthMs?: number;
                };
                channels: {
                  agent?: {
                    utterances: number;
                    words: number;
                    speechMs: number;
                    positive: number;
                    neutral: number;
                    negative: number;
                  };
                  caller?: {
                    utterances: number;
                    words: number;
                    speechMs: number;
                    positive: number;
                    neutral: number;
                    negative: number;
                  };
                  mixed?: {
                    utterances: number;
                    words: number;
                    speechMs: number;
                    positive: number;
                    neutral: number;
                    negative: number;
                  };
                };
                alertCount: number;
                lastUtterance?: {
                  seq: number;
                  /** @enum {string} */
                  channel: 'agent' | 'caller' | 'mixed';
                  text: string;
                  endMs: number;
                };
                lostAudioMs: number;
                mood: {
                  rolling: number;
                  trend: number;
                  points: number[];
                };
                silenceMs: number;
                interruptions: {
                  agent?: number;
                  caller?: number;
                  mixed?: number;
                };
                keywords: {
                  phrase: string;
                  count: number;
                }[];
                deadlines: {
                  ruleName: string;
                  dueMs: number;
                  doneMs?: number;
                  ruleId: string;
                }[];
                health: {
                  /** @enum {string} */
                  agent?: 'heard' | 'late' | 'unheard';
                  /** @enum {string} */
                  caller?: 'heard' | 'late' | 'unheard';
                  /** @enum {string} */
                  mixed?: 'heard' | 'late' | 'unheard';
                };
                /** @enum {string} */
                openLevel?: 'warning' | 'urgent' | 'critical';
              };
              utterances: {
                /** @enum {string} */
                type: 'UtteranceTranscribed';
                /** @enum {number} */
                version: 1;
                relayId: string;
                callId: string;
                pbx: string;
                callStartedAt: number;
                seq: number;
                /** @enum {string} */
                channel: 'agent' | 'caller' | 'mixed';
                startMs: number;
                endMs: number;
                text: string;
                engine: string;
                language?: {
                  tag: string;
                  /** @enum {string} */
                  from: 'engine' | 'dialplan' | 'person' | 'default';
                };
                confidence?: number;
                gapBeforeMs?: number;
                scope?: {
                  agentId?: string;
                  campaign?: string;
                  inGroup?: string;
                  language?: string;
                };
                spokenAt: number;
                transcribedAt: number;
                publishedAt: number;
                score?: {
                  compound: number;
                  /** @enum {string} */
                  label: 'positive' | 'neutral' | 'negative';
                  contributions: {
                    text: string;
                    start: number;
                    end: number;
                    valence: number;
                    because?: string[];
                  }[];
                  moreContributions?: number;
                };
                ingestedAt: number;
                conflict?: string;
              }[];
              alerts: {
                alertId: string;
                callId: string;
                /** @enum {string} */
                kind: 'alert' | 'compliance' | 'coaching' | 'health';
                /** @enum {string} */
                level: 'warning' | 'urgent' | 'critical';
                seq: number;
                /** @enum {string} */
                channel: 'agent' | 'caller' | 'mixed';
                text: string;
                atMs: number;
                raisedAt: number;
                reasons: {
                  ruleId: string;
                  ruleName: string;
                  ruleVersion: number;
                  /** @enum {string} */
                  level: 'warning' | 'urgent' | 'critical';
                  explanation: string;
                  matches: {
                    text: string;
                    start: number;
                    end: number;
                  }[];
                  moreMatches?: number;
                  parts?: {
                    holds: boolean;
                    explanation: string;
                    seq?: number;
                    atMs?: number;
                  }[];
                }[];
                moreReasons?: number;
                follows?: string;
                /** @enum {string} */
                state: 'open' | 'acknowledged' | 'resolved';
                handling?: {
                  version: number;
                  assignee?: {
                    sub: string;
                    name: string;
                  };
                  acknowledged?: {
                    by: {
                      sub: string;
                      name: string;
                    };
                    at: number;
                  };
                  resolved?: {
                    by: {
                      sub: string;
                      name: string;
                    };
                    at: number;
                  };
                  /** @enum {string} */
                  verdict?: 'useful' | 'false-alarm';
                  note?: string;
                };
              }[];
              monitors: {
                /** Format: uuid */
                requestId: string;
                callId: string;
                /** @enum {string} */
                mode: 'listen' | 'whisper' | 'barge';
                by: {
                  sub: string;
                  name: string;
                };
                extension: string;
                requestedAt: number;
                /** @enum {string} */
                outcome:
                  | 'requested'
                  | 'answered'
                  | 'busy'
                  | 'no-answer'
                  | 'refused'
                  | 'call-gone'
                  | 'relay-offline'
                  | 'failed';
                outcomeAt?: number;
              }[];
              cursor?: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/recap': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happened so far in a live call, or the summary of one that is over */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Sentences, each with the lines that it rests on */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** @enum {string} */
              engine: 'extract' | 'bedrock' | 'openai';
              model?: string;
              isFinal: boolean;
              madeAt: number;
              lastSeq: number;
              lines: number;
              sentences: {
                /** @enum {string} */
                section: 'reason' | 'moment' | 'done' | 'promised' | 'open' | 'ended' | 'now';
                text: string;
                isQuote: boolean;
                /** @enum {string} */
                by?: 'agent' | 'caller' | 'mixed';
                due?: string;
                ruleName?: string;
                seqs: number[];
              }[];
              usage?: {
                inputTokens: number;
                outputTokens: number;
              };
              fellBack?: string;
              unreadLines?: number;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/topics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What past calls are about */
    get: {
      parameters: {
        query?:
          | {
              days?: number | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Phrases, those of most calls first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              calls: number;
              callsBefore: number;
              topics: {
                phrase: string;
                calls: number;
                callsBefore: number;
              }[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/earlier': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same caller’s calls before, the newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Past calls */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              calls: {
                callId: string;
                startedAt: number;
                durationMs: number;
                agent?: {
                  id: string;
                  name?: string;
                };
                caller?: {
                  number?: string;
                  name?: string;
                };
                campaign?: string;
                inGroup?: string;
                queue?: string;
                /** @enum {string} */
                endReason?: 'hangup' | 'drained' | 'relay-restarted' | 'lost';
                meanMood: number;
                positive: number;
                neutral: number;
                negative: number;
                alerts: number;
                /** @enum {string} */
                highestLevel?: 'warning' | 'urgent' | 'critical';
                reason?: string;
                open: number;
                promised: number;
              }[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Alerts of all calls, the newest first */
    get: {
      parameters: {
        query?:
          | {
              state?: ('open' | 'acknowledged' | 'resolved') | undefined;
              kind?: ('alert' | 'compliance' | 'coaching' | 'health') | undefined;
              level?: ('warning' | 'urgent' | 'critical') | undefined;
              from?: string | undefined;
              to?: string | undefined;
              limit?: number | undefined;
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A page */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              alerts: {
                alertId: string;
                callId: string;
                /** @enum {string} */
                kind: 'alert' | 'compliance' | 'coaching' | 'health';
                /** @enum {string} */
                level: 'warning' | 'urgent' | 'critical';
                seq: number;
                /** @enum {string} */
                channel: 'agent' | 'caller' | 'mixed';
                text: string;
                atMs: number;
                raisedAt: number;
                reasons: {
                  ruleId: string;
                  ruleName: string;
                  ruleVersion: number;
                  /** @enum {string} */
                  level: 'warning' | 'urgent' | 'critical';
                  explanation: string;
                  matches: {
                    text: string;
                    start: number;
                    end: number;
                  }[];
                  moreMatches?: number;
                  parts?: {
                    holds: boolean;
                    explanation: string;
                    seq?: number;
                    atMs?: number;
                  }[];
                }[];
                moreReasons?: number;
                follows?: string;
                /** @enum {string} */
                state: 'open' | 'acknowledged' | 'resolved';
                handling?: {
                  version: number;
                  assignee?: {
                    sub: string;
                    name: string;
                  };
                  acknowledged?: {
                    by: {
                      sub: string;
                      name: string;
                    };
                    at: number;
                  };
                  resolved?: {
                    by: {
                      sub: string;
                      name: string;
                    };
                    at: number;
                  };
                  /** @enum {string} */
                  verdict?: 'useful' | 'false-alarm';
                  note?: string;
                };
                call: {
                  startedAt: number;
                  /** @enum {string} */
                  status: 'live' | 'ended' | 'lost';
                  metadata: {
                    linkedid?: string;
                    agent?: {
                      id: string;
                      name?: string;
                    };
                    caller?: {
                      number?: string;
                      name?: string;
                    };
                    campaign?: string;
                    inGroup?: string;
                    queue?: string;
                    /** Format: uri */
                    recordingUrl?: string;
                    leadId?: string;
                    disposition?: string;
                    termReason?: string;
                    queueMs?: number;
                    swappedAfter?: number[];
                    language?: {
                      tag: string;
                      /** @enum {string} */
                      from: 'engine' | 'dialplan' | 'person' | 'default';
                    };
                    diallerLengthMs?: number;
                  };
                };
              }[];
              cursor?: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/alerts/{alertId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Acknowledge, assign, resolve or judge an alert */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          callId: string;
          alertId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            version: number;
            /** @enum {string} */
            state?: ('open' | 'acknowledged' | 'resolved') | undefined;
            /** @enum {string|null} */
            assignee?: ('me' | null) | undefined;
            /** @enum {string|null} */
            verdict?: ('useful' | 'false-alarm' | null) | undefined;
            note?: (string | null) | undefined;
          };
        };
      };
      responses: {
        /** @description The alert as it is now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              alertId: string;
              callId: string;
              /** @enum {string} */
              kind: 'alert' | 'compliance' | 'coaching' | 'health';
              /** @enum {string} */
              level: 'warning' | 'urgent' | 'critical';
              seq: number;
              /** @enum {string} */
              channel: 'agent' | 'caller' | 'mixed';
              text: string;
              atMs: number;
              raisedAt: number;
              reasons: {
                ruleId: string;
                ruleName: string;
                ruleVersion: number;
                /** @enum {string} */
                level: 'warning' | 'urgent' | 'critical';
                explanation: string;
                matches: {
                  text: string;
                  start: number;
                  end: number;
                }[];
                moreMatches?: number;
                parts?: {
                  holds: boolean;
                  explanation: string;
                  seq?: number;
                  atMs?: number;
                }[];
              }[];
              moreReasons?: number;
              follows?: string;
              /** @enum {string} */
              state: 'open' | 'acknowledged' | 'resolved';
              handling?: {
                version: number;
                assignee?: {
                  sub: string;
                  name: string;
                };
                acknowledged?: {
                  by: {
                    sub: string;
                    name: string;
                  };
                  at: number;
                };
                resolved?: {
                  by: {
                    sub: string;
                    name: string;
                  };
                  at: number;
                };
                /** @enum {string} */
                verdict?: 'useful' | 'false-alarm';
                note?: string;
              };
            };
          };
        };
      };
    };
    trace?: never;
  };
  '/rules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rules and what each raised in the last seven days */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The rules */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              rules: {
                rule: {
                  ruleId: string;
                  version: number;
                  name: string;
                  enabled: boolean;
                  /** @enum {string} */
                  level: 'warning' | 'urgent' | 'critical';
                  /** @enum {string} */
                  kind: 'alert' | 'compliance' | 'coaching' | 'health';
                  /** @enum {string} */
                  channel: 'caller' | 'agent' | 'any';
                  scope: {
                    campaigns?: string[];
                    inGroups?: string[];
                    agentIds?: string[];
                  };
                  language?: string;
                  cooldownMs: number;
                  condition:
                    | {
                        /** @enum {string} */
                        type: 'phrase';
                        phrases: string[];
                        ignore?: string[];
                      }
                    | {
                        /** @enum {string} */
                        type: 'profanity';
                        /** @enum {string} */
                        strength?: 'strong' | 'mild';
                        also?: string[];
                        except?: string[];
                      }
                    | {
                        /** @enum {string} */
                        type: 'score-below';
                        below: number;
                        evidence?: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'rolling-below';
                        below: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'consecutive-negative';
                        count: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'phrase-count';
                        phrases: string[];
                        ignore?: string[];
                        count: number;
                        withinMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'interruptions';
                        count: number;
                        withinMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'talk-ratio';
                        above: number;
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'not-said-within';
                        phrases: string[];
                        withinMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'dead-air';
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'long-call';
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'unheard';
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'all';
                        parts: {
                          /** @enum {boolean} */
                          not?: true;
                          /** @enum {string} */
                          match?: 'any' | 'all';
                          conditions: {
                            /** @enum {string} */
                            channel: 'caller' | 'agent' | 'any';
                            condition:
                              | {
                                  /** @enum {string} */
                                  type: 'phrase';
                                  phrases: string[];
                                  ignore?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'profanity';
                                  /** @enum {string} */
                                  strength?: 'strong' | 'mild';
                                  also?: string[];
                                  except?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'score-below';
                                  below: number;
                                  evidence?: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'rolling-below';
                                  below: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'consecutive-negative';
                                  count: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'phrase-count';
                                  phrases: string[];
                                  ignore?: string[];
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'interruptions';
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'talk-ratio';
                                  above: number;
                                  afterMs: number;
                                };
                          }[];
                        }[];
                        withinMs?: number;
                        withinTurns?: number;
                        phase?:
                          | {
                              /** @enum {string} */
                              type: 'first';
                              lastsMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'after';
                              /** @enum {string} */
                              channel: 'caller' | 'agent' | 'any';
                              phrases: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'last';
                              lastsMs: number;
                            };
                      }
                    | {
                        /** @enum {string} */
                        type: 'any';
                        parts: {
                          /** @enum {boolean} */
                          not?: true;
                          /** @enum {string} */
                          match?: 'any' | 'all';
                          conditions: {
                            /** @enum {string} */
                            channel: 'caller' | 'agent' | 'any';
                            condition:
                              | {
                                  /** @enum {string} */
                                  type: 'phrase';
                                  phrases: string[];
                                  ignore?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'profanity';
                                  /** @enum {string} */
                                  strength?: 'strong' | 'mild';
                                  also?: string[];
                                  except?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'score-below';
                                  below: number;
                                  evidence?: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'rolling-below';
                                  below: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'consecutive-negative';
                                  count: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'phrase-count';
                                  phrases: string[];
                                  ignore?: string[];
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'interruptions';
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'talk-ratio';
                                  above: number;
                                  afterMs: number;
                                };
                          }[];
                        }[];
                        withinMs?: number;
                        withinTurns?: number;
                        phase?:
                          | {
                              /** @enum {string} */
                              type: 'first';
                              lastsMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'after';
                              /** @enum {string} */
                              channel: 'caller' | 'agent' | 'any';
                              phrases: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'last';
                              lastsMs: number;
                            };
                      };
                  changedAt?: number;
                };
                hits: number;
                judged: number;
                falseAlarms: number;
                muted?: number;
                changedBy?: {
                  sub: string;
                  name: string;
                };
              }[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/rules/{ruleId}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every version of a rule, the newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          ruleId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The versions */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              versions: {
                rule: {
                  ruleId: string;
                  version: number;
                  name: string;
                  enabled: boolean;
                  /** @enum {string} */
                  level: 'warning' | 'urgent' | 'critical';
                  /** @enum {string} */
                  kind: 'alert' | 'compliance' | 'coaching' | 'health';
                  /** @enum {string} */
                  channel: 'caller' | 'agent' | 'any';
                  scope: {
                    campaigns?: string[];
                    inGroups?: string[];
                    agentIds?: string[];
                  };
                  language?: string;
                  cooldownMs: number;
                  condition:
                    | {
                        /** @enum {string} */
                        type: 'phrase';
                        phrases: string[];
                        ignore?: string[];
                      }
                    | {
                        /** @enum {string} */
                        type: 'profanity';
                        /** @enum {string} */
                        strength?: 'strong' | 'mild';
                        also?: string[];
                        except?: string[];
                      }
                    | {
                        /** @enum {string} */
                        type: 'score-below';
                        below: number;
                        evidence?: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'rolling-below';
                        below: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'consecutive-negative';
                        count: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'phrase-count';
                        phrases: string[];
                        ignore?: string[];
                        count: number;
                        withinMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'interruptions';
                        count: number;
                        withinMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'talk-ratio';
                        above: number;
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'not-said-within';
                        phrases: string[];
                        withinMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'dead-air';
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'long-call';
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'unheard';
                        afterMs: number;
                      }
                    | {
                        /** @enum {string} */
                        type: 'all';
                        parts: {
                          /** @enum {boolean} */
                          not?: true;
                          /** @enum {string} */
                          match?: 'any' | 'all';
                          conditions: {
                            /** @enum {string} */
                            channel: 'caller' | 'agent' | 'any';
                            condition:
                              | {
                                  /** @enum {string} */
                                  type: 'phrase';
                                  phrases: string[];
                                  ignore?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'profanity';
                                  /** @enum {string} */
                                  strength?: 'strong' | 'mild';
                                  also?: string[];
                                  except?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'score-below';
                                  below: number;
                                  evidence?: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'rolling-below';
                                  below: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'consecutive-negative';
                                  count: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'phrase-count';
                                  phrases: string[];
                                  ignore?: string[];
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'interruptions';
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'talk-ratio';
                                  above: number;
                                  afterMs: number;
                                };
                          }[];
                        }[];
                        withinMs?: number;
                        withinTurns?: number;
                        phase?:
                          | {
                              /** @enum {string} */
                              type: 'first';
                              lastsMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'after';
                              /** @enum {string} */
                              channel: 'caller' | 'agent' | 'any';
                              phrases: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'last';
                              lastsMs: number;
                            };
                      }
                    | {
                        /** @enum {string} */
                        type: 'any';
                        parts: {
                          /** @enum {boolean} */
                          not?: true;
                          /** @enum {string} */
                          match?: 'any' | 'all';
                          conditions: {
                            /** @enum {string} */
                            channel: 'caller' | 'agent' | 'any';
                            condition:
                              | {
                                  /** @enum {string} */
                                  type: 'phrase';
                                  phrases: string[];
                                  ignore?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'profanity';
                                  /** @enum {string} */
                                  strength?: 'strong' | 'mild';
                                  also?: string[];
                                  except?: string[];
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'score-below';
                                  below: number;
                                  evidence?: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'rolling-below';
                                  below: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'consecutive-negative';
                                  count: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'phrase-count';
                                  phrases: string[];
                                  ignore?: string[];
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'interruptions';
                                  count: number;
                                  withinMs: number;
                                }
                              | {
                                  /** @enum {string} */
                                  type: 'talk-ratio';
                                  above: number;
                                  afterMs: number;
                                };
                          }[];
                        }[];
                        withinMs?: number;
                        withinTurns?: number;
                        phase?:
                          | {
                              /** @enum {string} */
                              type: 'first';
                              lastsMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'after';
                              /** @enum {string} */
                              channel: 'caller' | 'agent' | 'any';
                              phrases: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'last';
                              lastsMs: number;
                            };
                      };
                  changedAt?: number;
                };
                changedBy?: {
                  sub: string;
                  name: string;
                };
                deleted?: boolean;
              }[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/rules/backtest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What a draft would have raised on past calls */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            rule: {
              ruleId: string;
              name: string;
              enabled: boolean;
              /** @enum {string} */
              level: 'warning' | 'urgent' | 'critical';
              /** @enum {string} */
              kind: 'alert' | 'compliance' | 'coaching' | 'health';
              /** @enum {string} */
              channel: 'caller' | 'agent' | 'any';
              scope: {
                campaigns?: string[] | undefined;
                inGroups?: string[] | undefined;
                agentIds?: string[] | undefined;
              };
              language?: string | undefined;
              cooldownMs: number;
              condition:
                | {
                    /** @enum {string} */
                    type: 'phrase';
                    phrases: string[];
                    ignore?: string[] | undefined;
                  }
                | {
                    /** @enum {string} */
                    type: 'profanity';
                    /** @enum {string} */
                    strength?: ('strong' | 'mild') | undefined;
                    also?: string[] | undefined;
                    except?: string[] | undefined;
                  }
                | {
                    /** @enum {string} */
                    type: 'score-below';
                    below: number;
                    evidence?: number | undefined;
                  }
                | {
                    /** @enum {string} */
                    type: 'rolling-below';
                    below: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'consecutive-negative';
                    count: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'phrase-count';
                    phrases: string[];
                    ignore?: string[] | undefined;
                    count: number;
                    withinMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'interruptions';
                    count: number;
                    withinMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'talk-ratio';
                    above: number;
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'not-said-within';
                    phrases: string[];
                    withinMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'dead-air';
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'long-call';
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'unheard';
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'all';
                    parts: {
                      /** @enum {boolean} */
                      not?: true | undefined;
                      /** @enum {string} */
                      match?: ('any' | 'all') | undefined;
                      conditions: {
                        /** @enum {string} */
                        channel: 'caller' | 'agent' | 'any';
                        condition:
                          | {
                              /** @enum {string} */
                              type: 'phrase';
                              phrases: string[];
                              ignore?: string[] | undefined;
                            }
                          | {
                              /** @enum {string} */
                              type: 'profanity';
                              /** @enum {string} */
                              strength?: ('strong' | 'mild') | undefined;
                              also?: string[] | undefined;
                              except?: string[] | undefined;
                            }
                          | {
                              /** @enum {string} */
                              type: 'score-below';
                              below: number;
                              evidence?: number | undefined;
                            }
                          | {
                              /** @enum {string} */
                              type: 'rolling-below';
                              below: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'consecutive-negative';
                              count: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'phrase-count';
                              phrases: string[];
                              ignore?: string[] | undefined;
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'interruptions';
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'talk-ratio';
                              above: number;
                              afterMs: number;
                            };
                      }[];
                    }[];
                    withinMs?: number | undefined;
                    withinTurns?: number | undefined;
                    phase?:
                      | (
                          | {
                              /** @enum {string} */
                              type: 'first';
                              lastsMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'after';
                              /** @enum {string} */
                              channel: 'caller' | 'agent' | 'any';
                              phrases: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'last';
                              lastsMs: number;
                            }
                        )
                      | undefined;
                  }
                | {
                    /** @enum {string} */
                    type: 'any';
                    parts: {
                      /** @enum {boolean} */
                      not?: true | undefined;
                      /** @enum {string} */
                      match?: ('any' | 'all') | undefined;
                      conditions: {
                        /** @enum {string} */
                        channel: 'caller' | 'agent' | 'any';
                        condition:
                          | {
                              /** @enum {string} */
                              type: 'phrase';
                              phrases: string[];
                              ignore?: string[] | undefined;
                            }
                          | {
                              /** @enum {string} */
                              type: 'profanity';
                              /** @enum {string} */
                              strength?: ('strong' | 'mild') | undefined;
                              also?: string[] | undefined;
                              except?: string[] | undefined;
                            }
                          | {
                              /** @enum {string} */
                              type: 'score-below';
                              below: number;
                              evidence?: number | undefined;
                            }
                          | {
                              /** @enum {string} */
                              type: 'rolling-below';
                              below: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'consecutive-negative';
                              count: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'phrase-count';
                              phrases: string[];
                              ignore?: string[] | undefined;
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'interruptions';
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'talk-ratio';
                              above: number;
                              afterMs: number;
                            };
                      }[];
                    }[];
                    withinMs?: number | undefined;
                    withinTurns?: number | undefined;
                    phase?:
                      | (
                          | {
                              /** @enum {string} */
                              type: 'first';
                              lastsMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'after';
                              /** @enum {string} */
                              channel: 'caller' | 'agent' | 'any';
                              phrases: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'last';
                              lastsMs: number;
                            }
                        )
                      | undefined;
                  };
            };
            /** @default 7 */
            days?: number | undefined;
            /** @default 200 */
            calls?: number | undefined;
          };
        };
      };
      responses: {
        /** @description What it would have raised */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              callsRead: number;
              callsLeftOut: number;
              days: {
                /** Format: date */
                day: string;
                calls: number;
                hits: number;
              }[];
              hits: {
                callId: string;
                startedAt: number;
                agent?: {
                  id: string;
                  name?: string;
                };
                seq: number;
                /** @enum {string} */
                channel: 'agent' | 'caller' | 'mixed';
                text: string;
                atMs: number;
                explanation: string;
                matches: {
                  text: string;
                  start: number;
                  end: number;
                }[];
                parts?: {
                  holds: boolean;
                  explanation: string;
                  seq?: number;
                  atMs?: number;
                }[];
              }[];
              hitCount: number;
              untried?: string;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/rules/{ruleId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Saves a rule as its next version (admins) */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          ruleId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            enabled: boolean;
            /** @enum {string} */
            level: 'warning' | 'urgent' | 'critical';
            /** @enum {string} */
            kind: 'alert' | 'compliance' | 'coaching' | 'health';
            /** @enum {string} */
            channel: 'caller' | 'agent' | 'any';
            scope: {
              campaigns?: string[] | undefined;
              inGroups?: string[] | undefined;
              agentIds?: string[] | undefined;
            };
            language?: string | undefined;
            cooldownMs: number;
            condition:
              | {
                  /** @enum {string} */
                  type: 'phrase';
                  phrases: string[];
                  ignore?: string[] | undefined;
                }
              | {
                  /** @enum {string} */
                  type: 'profanity';
                  /** @enum {string} */
                  strength?: ('strong' | 'mild') | undefined;
                  also?: string[] | undefined;
                  except?: string[] | undefined;
                }
              | {
                  /** @enum {string} */
                  type: 'score-below';
                  below: number;
                  evidence?: number | undefined;
                }
              | {
                  /** @enum {string} */
                  type: 'rolling-below';
                  below: number;
                }
              | {
                  /** @enum {string} */
                  type: 'consecutive-negative';
                  count: number;
                }
              | {
                  /** @enum {string} */
                  type: 'phrase-count';
                  phrases: string[];
                  ignore?: string[] | undefined;
                  count: number;
                  withinMs: number;
                }
              | {
                  /** @enum {string} */
                  type: 'interruptions';
                  count: number;
                  withinMs: number;
                }
              | {
                  /** @enum {string} */
                  type: 'talk-ratio';
                  above: number;
                  afterMs: number;
                }
              | {
                  /** @enum {string} */
                  type: 'not-said-within';
                  phrases: string[];
                  withinMs: number;
                }
              | {
                  /** @enum {string} */
                  type: 'dead-air';
                  afterMs: number;
                }
              | {
                  /** @enum {string} */
                  type: 'long-call';
                  afterMs: number;
                }
              | {
                  /** @enum {string} */
                  type: 'unheard';
                  afterMs: number;
                }
              | {
                  /** @enum {string} */
                  type: 'all';
                  parts: {
                    /** @enum {boolean} */
                    not?: true | undefined;
                    /** @enum {string} */
                    match?: ('any' | 'all') | undefined;
                    conditions: {
                      /** @enum {string} */
                      channel: 'caller' | 'agent' | 'any';
                      condition:
                        | {
                            /** @enum {string} */
                            type: 'phrase';
                            phrases: string[];
                            ignore?: string[] | undefined;
                          }
                        | {
                            /** @enum {string} */
                            type: 'profanity';
                            /** @enum {string} */
                            strength?: ('strong' | 'mild') | undefined;
                            also?: string[] | undefined;
                            except?: string[] | undefined;
                          }
                        | {
                            /** @enum {string} */
                            type: 'score-below';
                            below: number;
                            evidence?: number | undefined;
                          }
                        | {
                            /** @enum {string} */
                            type: 'rolling-below';
                            below: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'consecutive-negative';
                            count: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'phrase-count';
                            phrases: string[];
                            ignore?: string[] | undefined;
                            count: number;
                            withinMs: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'interruptions';
                            count: number;
                            withinMs: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'talk-ratio';
                            above: number;
                            afterMs: number;
                          };
                    }[];
                  }[];
                  withinMs?: number | undefined;
                  withinTurns?: number | undefined;
                  phase?:
                    | (
                        | {
                            /** @enum {string} */
                            type: 'first';
                            lastsMs: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'after';
                            /** @enum {string} */
                            channel: 'caller' | 'agent' | 'any';
                            phrases: string[];
                          }
                        | {
                            /** @enum {string} */
                            type: 'last';
                            lastsMs: number;
                          }
                      )
                    | undefined;
                }
              | {
                  /** @enum {string} */
                  type: 'any';
                  parts: {
                    /** @enum {boolean} */
                    not?: true | undefined;
                    /** @enum {string} */
                    match?: ('any' | 'all') | undefined;
                    conditions: {
                      /** @enum {string} */
                      channel: 'caller' | 'agent' | 'any';
                      condition:
                        | {
                            /** @enum {string} */
                            type: 'phrase';
                            phrases: string[];
                            ignore?: string[] | undefined;
                          }
                        | {
                            /** @enum {string} */
                            type: 'profanity';
                            /** @enum {string} */
                            strength?: ('strong' | 'mild') | undefined;
                            also?: string[] | undefined;
                            except?: string[] | undefined;
                          }
                        | {
                            /** @enum {string} */
                            type: 'score-below';
                            below: number;
                            evidence?: number | undefined;
                          }
                        | {
                            /** @enum {string} */
                            type: 'rolling-below';
                            below: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'consecutive-negative';
                            count: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'phrase-count';
                            phrases: string[];
                            ignore?: string[] | undefined;
                            count: number;
                            withinMs: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'interruptions';
                            count: number;
                            withinMs: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'talk-ratio';
                            above: number;
                            afterMs: number;
                          };
                    }[];
                  }[];
                  withinMs?: number | undefined;
                  withinTurns?: number | undefined;
                  phase?:
                    | (
                        | {
                            /** @enum {string} */
                            type: 'first';
                            lastsMs: number;
                          }
                        | {
                            /** @enum {string} */
                            type: 'after';
                            /** @enum {string} */
                            channel: 'caller' | 'agent' | 'any';
                            phrases: string[];
                          }
                        | {
                            /** @enum {string} */
                            type: 'last';
                            lastsMs: number;
                          }
                      )
                    | undefined;
                };
            version: number;
          };
        };
      };
      responses: {
        /** @description The rule as stored */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              ruleId: string;
              version: number;
              name: string;
              enabled: boolean;
              /** @enum {string} */
              level: 'warning' | 'urgent' | 'critical';
              /** @enum {string} */
              kind: 'alert' | 'compliance' | 'coaching' | 'health';
              /** @enum {string} */
              channel: 'caller' | 'agent' | 'any';
              scope: {
                campaigns?: string[];
                inGroups?: string[];
                agentIds?: string[];
              };
              language?: string;
              cooldownMs: number;
              condition:
                | {
                    /** @enum {string} */
                    type: 'phrase';
                    phrases: string[];
                    ignore?: string[];
                  }
                | {
                    /** @enum {string} */
                    type: 'profanity';
                    /** @enum {string} */
                    strength?: 'strong' | 'mild';
                    also?: string[];
                    except?: string[];
                  }
                | {
                    /** @enum {string} */
                    type: 'score-below';
                    below: number;
                    evidence?: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'rolling-below';
                    below: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'consecutive-negative';
                    count: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'phrase-count';
                    phrases: string[];
                    ignore?: string[];
                    count: number;
                    withinMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'interruptions';
                    count: number;
                    withinMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'talk-ratio';
                    above: number;
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'not-said-within';
                    phrases: string[];
                    withinMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'dead-air';
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'long-call';
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'unheard';
                    afterMs: number;
                  }
                | {
                    /** @enum {string} */
                    type: 'all';
                    parts: {
                      /** @enum {boolean} */
                      not?: true;
                      /** @enum {string} */
                      match?: 'any' | 'all';
                      conditions: {
                        /** @enum {string} */
                        channel: 'caller' | 'agent' | 'any';
                        condition:
                          | {
                              /** @enum {string} */
                              type: 'phrase';
                              phrases: string[];
                              ignore?: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'profanity';
                              /** @enum {string} */
                              strength?: 'strong' | 'mild';
                              also?: string[];
                              except?: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'score-below';
                              below: number;
                              evidence?: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'rolling-below';
                              below: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'consecutive-negative';
                              count: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'phrase-count';
                              phrases: string[];
                              ignore?: string[];
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'interruptions';
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'talk-ratio';
                              above: number;
                              afterMs: number;
                            };
                      }[];
                    }[];
                    withinMs?: number;
                    withinTurns?: number;
                    phase?:
                      | {
                          /** @enum {string} */
                          type: 'first';
                          lastsMs: number;
                        }
                      | {
                          /** @enum {string} */
                          type: 'after';
                          /** @enum {string} */
                          channel: 'caller' | 'agent' | 'any';
                          phrases: string[];
                        }
                      | {
                          /** @enum {string} */
                          type: 'last';
                          lastsMs: number;
                        };
                  }
                | {
                    /** @enum {string} */
                    type: 'any';
                    parts: {
                      /** @enum {boolean} */
                      not?: true;
                      /** @enum {string} */
                      match?: 'any' | 'all';
                      conditions: {
                        /** @enum {string} */
                        channel: 'caller' | 'agent' | 'any';
                        condition:
                          | {
                              /** @enum {string} */
                              type: 'phrase';
                              phrases: string[];
                              ignore?: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'profanity';
                              /** @enum {string} */
                              strength?: 'strong' | 'mild';
                              also?: string[];
                              except?: string[];
                            }
                          | {
                              /** @enum {string} */
                              type: 'score-below';
                              below: number;
                              evidence?: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'rolling-below';
                              below: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'consecutive-negative';
                              count: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'phrase-count';
                              phrases: string[];
                              ignore?: string[];
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'interruptions';
                              count: number;
                              withinMs: number;
                            }
                          | {
                              /** @enum {string} */
                              type: 'talk-ratio';
                              above: number;
                              afterMs: number;
                            };
                      }[];
                    }[];
                    withinMs?: number;
                    withinTurns?: number;
                    phase?:
                      | {
                          /** @enum {string} */
                          type: 'first';
                          lastsMs: number;
                        }
                      | {
                          /** @enum {string} */
                          type: 'after';
                          /** @enum {string} */
                          channel: 'caller' | 'agent' | 'any';
                          phrases: string[];
                        }
                      | {
                          /** @enum {string} */
                          type: 'last';
                          lastsMs: number;
                        };
                  };
              changedAt?: number;
            };
          };
        };
      };
    };
    post?: never;
    /** Deletes a rule; its versions stay (admins) */
    delete: {
      parameters: {
        query: {
          version: number;
        };
        header?: never;
        path: {
          ruleId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Deleted */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/agents/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The agents who are logged in to the diallers, and their states */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The agents, in no particular order */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              lists: {
                relayId: string;
                pbx: string;
                listedAt: number;
                agentsLeftOut?: number;
              }[];
              agents: {
                id: string;
                name?: string;
                /** @enum {string} */
                state: 'INCALL' | 'QUEUE' | 'MQUEUE' | 'DISPO' | 'PAUSED' | 'READY' | 'CLOSER';
                since?: number;
                pauseCode?: string;
                campaign?: string;
                inGroups?: string[];
                callId?: string;
                callsToday?: number;
                pbx: string;
                listedAt: number;
              }[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/agents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the agents’ past calls went */
    get: {
      parameters: {
        query?:
          | {
              days?: number | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The agents, the busiest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              agents: {
                calls: number;
                meanMood: number;
                meanDurationMs: number;
                alerts: number;
                utterances: number;
                positive: number;
                neutral: number;
                negative: number;
                agent: {
                  id: string;
                  name?: string;
                };
                days: {
                  calls: number;
                  meanMood: number;
                  meanDurationMs: number;
                  alerts: number;
                  utterances: number;
                  positive: number;
                  neutral: number;
                  negative: number;
                  /** Format: date */
                  day: string;
                }[];
              }[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/agents/{agentId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How one agent’s past calls went */
    get: {
      parameters: {
        query?:
          | {
              days?: number | undefined;
            }
          | undefined;
        header?: never;
        path: {
          agentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The agent */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              calls: number;
              meanMood: number;
              meanDurationMs: number;
              alerts: number;
              utterances: number;
              positive: number;
              neutral: number;
              negative: number;
              agent: {
                id: string;
                name?: string;
              };
              days: {
                calls: number;
                meanMood: number;
                meanDurationMs: number;
                alerts: number;
                utterances: number;
                positive: number;
                neutral: number;
                negative: number;
                /** Format: date */
                day: string;
              }[];
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/system': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The health of the relays and of the pipeline */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description As of now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              stage: string;
              cloud: {
                version: string;
                contractVersion: number;
                oldestContractVersion: number;
              };
              relays: {
                relayId: string;
                tickedAt: number;
                part: number;
                parts: number;
                relayVersion?: string;
                contractVersion?: number;
                spooledEvents: number;
                problems?: string[];
                trunkQuestions?: {
                  prefix: string;
                  context?: string;
                  swaps: number;
                }[];
                calls: {
                  callId: string;
                  atMs: number;
                  lastSeq: number;
                  scope?: {
                    agentId?: string;
                    campaign?: string;
                    inGroup?: string;
                    language?: string;
                  };
                  legs: {
                    /** @enum {string} */
                    channel: 'agent' | 'caller' | 'mixed';
                    engine: string;
                    lastAudioAgeMs: number;
                    speechMs: number;
                    silenceMs: number;
                    engineLagMs: number;
                    engineDownMs?: number;
                    gapCount: number;
                  }[];
                  /** @enum {boolean} */
                  isRestarting?: true;
                }[];
                pbx?: string;
                queues?: {
                  queue: string;
                  calls: number;
                  longestSince?: number;
                  abandoned: number;
                }[];
                callsInBrief?: number;
              }[];
              liveCalls: number;
              lag?: {
                utterances: number;
                p50Ms: number;
                p95Ms: number;
                newestAt: number;
              };
              pipeline?: {
                checkedAt: number;
                deadLetters: {
                  queue: string;
                  what: string;
                  messages: number;
                }[];
                /** @default [] */
                unreadableCalls: string[];
                moreUnreadableCalls?: number;
                alarms: {
                  alarm: string;
                  description: string;
                  since: number;
                }[];
              };
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/monitors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Rings your own telephone, to listen to a live call, whisper to its agent, or barge in */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @enum {string} */
            mode: 'listen' | 'whisper' | 'barge';
          };
        };
      };
      responses: {
        /** @description The request; its outcome is pushed to the call’s viewers */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** Format: uuid */
              requestId: string;
              callId: string;
              /** @enum {string} */
              mode: 'listen' | 'whisper' | 'barge';
              by: {
                sub: string;
                name: string;
              };
              extension: string;
              requestedAt: number;
              /** @enum {string} */
              outcome:
                'requested' | 'answered' | 'busy' | 'no-answer' | 'refused' | 'call-gone' | 'relay-offline' | 'failed';
              outcomeAt?: number;
            };
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/sides': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Says whether who is taken for the agent of a live call is its caller */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            isSwapped: boolean;
          };
        };
      };
      responses: {
        /** @description The relay was asked; the call says so when it has done it */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/calls/{callId}/language': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Says what language is spoken on a live call from now on */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          callId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            tag: string;
          };
        };
      };
      responses: {
        /** @description The relay was asked; the call says so when it has done it */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/relays/{relayId}/trunks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Answers whether channels of a PBX lead outside (admins) */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          relayId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            prefix: string;
            leadsOutside: boolean;
          };
        };
      };
      responses: {
        /** @description The relay was asked, keeps the answer, and stops asking */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The settings: people’s telephones, and which alerts ring (admins) */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The settings */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              extensions: {
                /** Format: email */
                email: string;
                extension: string;
              }[];
              ring: {
                warning?: {
                  extensions: string[];
                  hours: {
                    days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                    from: string;
                    to: string;
                    timeZone: string;
                  };
                };
                urgent?: {
                  extensions: string[];
                  hours: {
                    days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                    from: string;
                    to: string;
                    timeZone: string;
                  };
                };
                critical?: {
                  extensions: string[];
                  hours: {
                    days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                    from: string;
                    to: string;
                    timeZone: string;
                  };
                };
              };
              /**
               * @default {
               *       "windowMinutes": 10,
               *       "perRule": 15,
               *       "perCall": 6,
               *       "perFloor": 60
               *     }
               */
              notices: {
                windowMinutes: number;
                perRule: number;
                perCall: number;
                perFloor: number;
              };
              version: number;
              changedBy?: {
                sub: string;
                name: string;
              };
              changedAt?: number;
            };
          };
        };
      };
    };
    /** Saves the settings as their next version (admins) */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            extensions: {
              /** Format: email */
              email: string;
              extension: string;
            }[];
            ring: {
              warning?:
                | {
                    extensions: string[];
                    hours: {
                      days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                      from: string;
                      to: string;
                      timeZone: string;
                    };
                  }
                | undefined;
              urgent?:
                | {
                    extensions: string[];
                    hours: {
                      days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                      from: string;
                      to: string;
                      timeZone: string;
                    };
                  }
                | undefined;
              critical?:
                | {
                    extensions: string[];
                    hours: {
                      days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                      from: string;
                      to: string;
                      timeZone: string;
                    };
                  }
                | undefined;
            };
            /**
             * @default {
             *       "windowMinutes": 10,
             *       "perRule": 15,
             *       "perCall": 6,
             *       "perFloor": 60
             *     }
             */
            notices?:
              | {
                  windowMinutes: number;
                  perRule: number;
                  perCall: number;
                  perFloor: number;
                }
              | undefined;
            version: number;
          };
        };
      };
      responses: {
        /** @description The settings as stored */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              extensions: {
                /** Format: email */
                email: string;
                extension: string;
              }[];
              ring: {
                warning?: {
                  extensions: string[];
                  hours: {
                    days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                    from: string;
                    to: string;
                    timeZone: string;
                  };
                };
                urgent?: {
                  extensions: string[];
                  hours: {
                    days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                    from: string;
                    to: string;
                    timeZone: string;
                  };
                };
                critical?: {
                  extensions: string[];
                  hours: {
                    days: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
                    from: string;
                    to: string;
                    timeZone: string;
                  };
                };
              };
              /**
               * @default {
               *       "windowMinutes": 10,
               *       "perRule": 15,
               *       "perCall": 6,
               *       "perFloor": 60
               *     }
               */
              notices: {
                windowMinutes: number;
                perRule: number;
                perCall: number;
                perFloor: number;
              };
              version: number;
              changedBy?: {
                sub: string;
                name: string;
              };
              changedAt?: number;
            };
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What people did, the newest first (admins) */
    get: {
      parameters: {
        query?:
          | {
              person?: string | undefined;
              kind?:
                | (
                    | 'rules'
                    | 'settings'
                    | 'people'
                    | 'alerts'
                    | 'reading'
                    | 'export'
                    | 'joining'
                    | 'sides'
                    | 'language'
                    | 'deletion'
                  )
                | undefined;
              from?: string | undefined;
              to?: string | undefined;
              text?: string | undefined;
              limit?: number | undefined;
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A page */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              rows: {
                id: string;
                at: number;
                /** @enum {string} */
                kind:
                  | 'rules'
                  | 'settings'
                  | 'people'
                  | 'alerts'
                  | 'reading'
                  | 'export'
                  | 'joining'
                  | 'sides'
                  | 'language'
                  | 'deletion';
                by: {
                  sub: string;
                  name: string;
                };
                sourceIp?: string;
                what: string;
                changes: string[];
                callId?: string;
              }[];
              cursor?: string;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/audit/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What people did as a file (admins) */
    get: {
      parameters: {
        query?:
          | {
              person?: string | undefined;
              kind?:
                | (
                    | 'rules'
                    | 'settings'
                    | 'people'
                    | 'alerts'
                    | 'reading'
                    | 'export'
                    | 'joining'
                    | 'sides'
                    | 'language'
                    | 'deletion'
                  )
                | undefined;
              from?: string | undefined;
              to?: string | undefined;
              text?: string | undefined;
              cursor?: string | undefined;
            }
          | undefined;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The rows; `x-next-cursor` where more follow */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/csv': string;
            'application/json': string;
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
