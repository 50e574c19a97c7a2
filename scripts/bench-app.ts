import { board } from '../bench/app/board.ts'
import { chatList } from '../bench/app/chat-list.ts'
import { coldLoad } from '../bench/app/cold-load.ts'
import { documentViews } from '../bench/app/document-views.ts'
import { openChat } from '../bench/app/open-chat.ts'
import { streaming } from '../bench/app/streaming.ts'
import { measure } from './measurements.ts'

await measure([coldLoad, openChat, chatList, streaming, board, documentViews], process.argv.slice(2))
