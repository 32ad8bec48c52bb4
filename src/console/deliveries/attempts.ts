import type { DeliveryAttempt } from '../../control/deliveries/types.ts'

/** An attempt in a word: its status, or that it failed. */
export const resultOf = ({ status, error }: DeliveryAttempt): string =>
  status === null ? 'failed' : `${status}${error === null ? '' : ', broken off'}`

/** Level of an attempt, which has a colour. */
export const levelOf = ({ status, error }: DeliveryAttempt): 'success' | 'failure' =>
  error === null && status !== null && status >= 200 && status < 300 ? 'success' : 'failure'
