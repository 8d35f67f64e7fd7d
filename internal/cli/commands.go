package cli

// groups are the commands in the order in which --help lists them.
func groups() []group {
	return []group{
		{"The newsroom:", []command{
			serveCommand, workCommand, followCommand, opmlCommand, checkCommand, takeCommand, listCommand, saidCommand, termsCommand, editorCommand,
			publishCommand, correctCommand, killCommand, backupCommand, restoreCommand, configCommand, doctorCommand, modelCommand,
			demoCommand,
		}},
		{"Text, from a file or standard input to standard output:", []command{
			feedFilter.command(), discoverFilter.command(), extractFilter.command(), splitFilter.command(), translateFilter.command(),
			typesetFilter.command(), statementsFilter.command(), compareFilter.command(), diffFilter.command(), benchCommand,
		}},
	}
}
