# The bot without the sandbox. Build: docker build -t streamline-incident-bot .
# Run:   docker run -p 8080:8080 -v bot-data:/bot/var -v ./streamline-bot.yaml:/bot/streamline-bot.yaml:ro \
#          -e SLACK_BOT_TOKEN -e SLACK_APP_TOKEN -e WEBHOOK_TOKEN streamline-incident-bot
FROM node:24-slim
WORKDIR /bot
ENV NODE_ENV=production
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY src ./src
RUN mkdir var && chown node var
COPY knowledge ./knowledge
COPY alerts ./alerts
USER node
EXPOSE 8080
VOLUME /bot/var
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process and gets SIGTERM itself: it stops in order.
CMD ["node", "src/main.ts"]
