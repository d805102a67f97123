/**
 * What Slack takes as an app's manifest, and which scopes its methods and events need.
 *
 * The shape follows the JSON schema that Slack publishes (github.com/slackapi/manifest-schema,
 * schemas/manifest.schema.2.0.0.json, as of 2026-07) for the parts that an app without hosted functions
 * has; keys that it does not name are refused. Scopes are those of docs.slack.dev, "Web API methods" and
 * "Events", for a bot token.
 */

import { z } from "zod";

const address = z
  .string()
  .regex(/^https:\/\//)
  .max(3_500);
const words = (most: number) => z.string().min(1).max(most);
const unique = <Item extends z.ZodType>(item: Item, most: number) =>
  z
    .array(item)
    .max(most)
    .refine((all) => new Set(all).size === all.length, "holds something twice");
const scopes = unique(words(50), 255).optional();

const displayInformation = z.strictObject({
  name: words(35),
  description: words(140).optional(),
  background_color: z
    .string()
    .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
    .optional(),
  long_description: z.string().min(175).max(4_000).optional(),
});

const features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: z.boolean().optional(),
      messages_tab_enabled: z.boolean().optional(),
      messages_tab_read_only_enabled: z.boolean().optional(),
    })
    .optional(),
  agent_view: z
    .strictObject({
      agent_description: z.string().max(300).optional(),
      suggested_prompts: z
        .array(z.strictObject({ title: z.string(), message: z.string() }))
        .max(4)
        .optional(),
    })
    .optional(),
  bot_user: z
    .strictObject({
      display_name: words(80).regex(/^[a-z0-9._-]+$/),
      always_online: z.boolean().optional(),
    })
    .optional(),
  shortcuts: z
    .array(
      z.strictObject({
        name: words(24),
        type: z.enum(["message", "global"]),
        callback_id: words(255),
        description: words(150),
      }),
    )
    .min(1)
    .max(10)
    .optional(),
  slash_commands: z
    .array(
      z.strictObject({
        command: z.string().regex(/^\//).min(2).max(32),
        url: address.max(3_000).optional(),
        description: words(2_000),
        usage_hint: words(1_000).optional(),
        should_escape: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(50)
    .optional(),
  unfurl_domains: unique(
    z
      .string()
      .regex(/^(?![.-])([-a-z0-9.])+([a-z0-9])$/)
      .max(255),
    5,
  )
    .min(1)
    .optional(),
});

const settings = z.strictObject({
  event_subscriptions: z
    .strictObject({
      request_url: address.optional(),
      bot_events: unique(words(50), 100).optional(),
      user_events: unique(words(50), 100).optional(),
    })
    .optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: address.optional(),
      message_menu_options_url: address.optional(),
    })
    .optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
});

export const MANIFEST = z.strictObject({
  display_information: displayInformation,
  features,
  oauth_config: z.strictObject({
    scopes: z.strictObject({
      bot: scopes,
      user: scopes,
      bot_optional: scopes,
      user_optional: scopes,
    }),
  }),
  settings,
  mcp_servers: z
    .record(
      z.string(),
      z.strictObject({
        url: address.max(500),
        auth_type: z.enum([
          "dynamic_client_registration",
          "no_auth",
          "manual_auth",
          "slack_identity_auth",
        ]),
        headers: z.record(z.string(), z.string()).optional(),
        auth_provider_key: z.string().max(255).optional(),
      }),
    )
    .refine((all) => Object.keys(all).length <= 20, "holds more than 20 servers")
    .optional(),
});

/** By method of the Web API; each with all that the bot needs of it. */
export const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  "assistant.threads.setStatus": ["assistant:write"],
  "assistant.threads.setSuggestedPrompts": ["assistant:write"],
  "auth.test": [],
  // With an app-level token of its own scope, connections:write.
  "apps.connections.open": [],
  "chat.appendStream": ["chat:write"],
  "chat.delete": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.startStream": ["chat:write"],
  "chat.stopStream": ["chat:write"],
  "chat.unfurl": ["links:write"],
  "chat.update": ["chat:write"],
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.members": ["channels:read", "groups:read"],
  "conversations.open": ["im:write"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "entity.presentDetails": [],
  // files.getUploadURLExternal and files.completeUploadExternal.
  filesUploadV2: ["files:write"],
  "usergroups.users.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "views.open": [],
  "views.publish": [],
  "views.push": [],
  "views.update": [],
};

export const EVENT_SCOPES: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ["app_mentions:read"],
  entity_details_requested: [],
  link_shared: ["links:read"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
};

/** What slash commands and shortcuts need. */
export const FEATURE_SCOPES = ["commands"] as const;
