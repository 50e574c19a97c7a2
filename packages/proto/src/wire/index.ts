export { eventTypes, terminalStatuses } from './event-types.ts'
export { fold, foldInPlace } from './fold.ts'
export { ERROR_CODE_HEADER, SESSION_COOKIE } from './names.ts'
export { type CheckedPicture, checkPicture, largestPicture, type PictureType, pictureTypes } from './pictures.ts'
