import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

/** The peer: the least that botbuilder and restify need to answer a message. Listens on the port that it is given. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const echo = new ActivityHandler();
echo.onMessage(async (context, next) => {
  await context.sendActivity(context.activity.text);
  await next();
});
const server = restify.createServer();
server.post(
  '/api/messages',
  restify.plugins.bodyReader(),
  restify.plugins.jsonBodyParser(),
  async (request: restify.Request, response: restify.Response) => {
    const { body, headers, method } = request;
    const parsed = { body, headers, ...(method === undefined ? {} : { method }) };
    await adapter.process(parsed, response, (context) => echo.run(context));
  },
);
server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
  response.send(200, { status: 'alive' });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
