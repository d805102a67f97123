// Renders the Helm chart's templates with Go's template engine, which is Helm's, and those of Helm's
// functions that the chart uses. Standard library only. Input: {chart, values, release} as JSON on
// standard input; values are whole. Output: the rendered files as JSON, or exit code 1 with the error.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"text/template"
)

type request struct {
	Folder  string
	Chart   map[string]any
	Values  map[string]any
	Release map[string]any
}

type files struct{ folder string }

func (f files) Glob(pattern string) map[string][]byte {
	found := map[string][]byte{}
	paths, _ := filepath.Glob(filepath.Join(f.folder, pattern))
	for _, path := range paths {
		name, _ := filepath.Rel(f.folder, path)
		content, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		found[name] = content
	}
	return found
}

func (f files) Get(name string) string {
	content, err := os.ReadFile(filepath.Join(f.folder, name))
	if err != nil {
		panic(err)
	}
	return string(content)
}

func indent(spaces int, text string) string {
	pad := strings.Repeat(" ", spaces)
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
}

func main() {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fail(err)
	}
	root := template.New("chart").Option("missingkey=zero")
	root.Funcs(template.FuncMap{
		"include": func(name string, data any) (string, error) {
			var out bytes.Buffer
			err := root.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"toYaml":     func(value any) string { return strings.Join(yaml(value), "\n") },
		"nindent":    func(spaces int, text string) string { return "\n" + indent(spaces, text) },
		"quote":      func(value any) string { return fmt.Sprintf("%q", fmt.Sprint(value)) },
		"default":    func(fallback, value any) any { return either(value, fallback) },
		"ternary":    func(yes, no any, which bool) any { return map[bool]any{true: yes, false: no}[which] },
		"hasKey":     func(all map[string]any, key string) bool { _, found := all[key]; return found },
		"int":        func(value any) int { return int(value.(float64)) },
		"base":       filepath.Base,
		"lower":      strings.ToLower,
		"replace":    func(old, with, text string) string { return strings.ReplaceAll(text, old, with) },
		"trunc":      func(most int, text string) string { return text[:min(most, len(text))] },
		"regexReplaceAll": func(pattern, text, with string) string {
			return regexp.MustCompile(pattern).ReplaceAllString(text, with)
		},
		"dict": func(pairs ...any) map[string]any {
			all := map[string]any{}
			for at := 0; at+1 < len(pairs); at += 2 {
				all[pairs[at].(string)] = pairs[at+1]
			}
			return all
		},
		"trimSuffix": func(suffix, text string) string { return strings.TrimSuffix(text, suffix) },
		"sha256sum":  func(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) },
		"fail":       func(why string) (string, error) { return "", fmt.Errorf("%s", why) },
	})
	paths, _ := filepath.Glob(filepath.Join(asked.Folder, "templates", "*"))
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			fail(err)
		}
		if _, err := root.New(filepath.Base(path)).Parse(string(content)); err != nil {
			fail(err)
		}
	}
	data := map[string]any{
		"Values": asked.Values, "Release": asked.Release, "Chart": asked.Chart,
		"Files": files{asked.Folder},
	}
	rendered := map[string]string{}
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var out bytes.Buffer
		if err := root.ExecuteTemplate(&out, name, data); err != nil {
			fail(err)
		}
		rendered[name] = out.String()
	}
	json.NewEncoder(os.Stdout).Encode(rendered)
}

// Block style, as Helm writes it; scalars and what is empty as JSON, which is YAML, too.
func yaml(value any) []string {
	lines := []string{}
	switch typed := value.(type) {
	case map[string]any:
		keys := []string{}
		for key := range typed {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			lines = append(lines, under(scalar(key)+":", typed[key], "  ")...)
		}
	case []any:
		for _, each := range typed {
			below := yaml(each)
			lines = append(lines, "- "+below[0])
			for _, line := range below[1:] {
				lines = append(lines, "  "+line)
			}
		}
	}
	if len(lines) == 0 {
		return []string{scalar(value)}
	}
	return lines
}

func under(head string, value any, pad string) []string {
	below := yaml(value)
	if len(below) == 1 && below[0] == scalar(value) {
		return []string{head + " " + below[0]}
	}
	lines := []string{head}
	for _, line := range below {
		lines = append(lines, pad+line)
	}
	return lines
}

func scalar(value any) string {
	out, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func either(value, fallback any) any {
	if value == nil || value == "" {
		return fallback
	}
	return value
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
