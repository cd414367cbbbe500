// The VS Code side of `opcit lsp`: starts it, and shows documents of the index
// that are no text files.
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

function start() {
	const settings = vscode.workspace.getConfiguration('opcit');
	const db = settings.get('db');
	const args = ['lsp', '--style', settings.get('style'), ...(db ? ['--db', db] : [])];

	client = new LanguageClient('opcit', 'opcit', { command: settings.get('path'), args }, {
		documentSelector: ['markdown', 'plaintext', 'latex', 'html'].map(language => ({ language })),
		initializationOptions: { virtualDocuments: true },
	});
	return client.start();
}

// Path and index are settings of the machine: a folder that somebody sent cannot
// choose which program runs.
exports.activate = async context => {
	context.subscriptions.push(
		vscode.workspace.registerTextDocumentContentProvider('opcit', {
			async provideTextDocumentContent(uri) {
				const shown = await client.sendRequest('opcit/show', { uri: uri.toString() });

				return shown ? shown.text : 'not in the index';
			},
		}),
		vscode.workspace.onDidChangeConfiguration(async event => {
			if (!event.affectsConfiguration('opcit'))
				return;
			await client.stop();
			await start();
		}));
	try {
		await start();
	} catch (error) {
		vscode.window.showErrorMessage(`opcit does not start (${error.message}): is it installed, and opcit.path right?`);
	}
};

exports.deactivate = () => client && client.stop();
