import { createRecordsChannel } from '../gemini/records-channel.ts';
import { createPluginChannel } from '../opencode/plugin-channel.ts';
import type { Prices } from '../prices.ts';
import type { Channel } from './channel.ts';

export const channelNames = ['gemini-records', 'opencode-plugin'] as const;
export type ChannelName = (typeof channelNames)[number];

const makers: Readonly<Record<ChannelName, (prices: Prices) => Channel>> = {
  'gemini-records': createRecordsChannel,
  'opencode-plugin': createPluginChannel,
};

export const createChannel = (name: ChannelName, prices: Prices): Channel => makers[name](prices);
