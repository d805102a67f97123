# The bot without the sandbox. Build: docker build -t streamline-incident-bot .
# Run:   docker run --read-only --tmpfs /tmp --cap-drop=ALL --security-opt=no-new-privileges \
#          -p 8080:8080 -v bot-data:/bot/var -v ./streamline-bot.yaml:/bot/streamline-bot.yaml:ro \
#          -e SLACK_BOT_TOKEN -e SLACK_APP_TOKEN -e WEBHOOK_TOKEN streamline-incident-bot
# The base by its digest, so that a build tomorrow is the build of today. Renew it with each release of Node
# (.github/dependabot.yml proposes it), or give another: docker build --build-arg BASE=… (docs/threat-model.md).
ARG BASE=node:24.19.0-bookworm-slim@sha256:a9f5f7c91a432850b2a8a7797adf5eadb6c733ceed61167806cee7ea7fbc29df
FROM ${BASE}
WORKDIR /bot
ENV NODE_ENV=production
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY src ./src
RUN mkdir -m 700 var && chown node var
COPY knowledge ./knowledge
COPY alerts ./alerts
# What a first start would make: the pages are read and the code is compiled once, here, by the user who
# starts the bot, since Node keeps compiled code by user. Afterwards that user can read it and not change it.
RUN mkdir -p node_modules/.cache && chown node node_modules/.cache
USER node
RUN node --import ./src/start.js src/main.ts --warm
USER root
RUN chown -R root:root node_modules/.cache && chmod -R a+rX,go-w node_modules/.cache
USER node
EXPOSE 8080
VOLUME /bot/var
# The port is the one that the configuration names.
HEALTHCHECK CMD ["node", "src/streamline-bot.js", "healthcheck"]
# Node is the first process and gets SIGTERM itself: it stops in order.
CMD ["node", "--import", "./src/start.js", "src/main.ts"]
