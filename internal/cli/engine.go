package cli

func checkModel(dir string) error { return nil }
