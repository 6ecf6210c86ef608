import { z } from 'zod';
import { monitorModeSchema } from '../../monitor.ts';

/** `POST /calls/{callId}/monitors`: returns 202 with the `Monitor`; its outcome is pushed to the call's viewers. */
export const monitorRequestSchema = z.strictObject({ mode: monitorModeSchema });
