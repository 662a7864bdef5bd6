// Package path works on slash-separated paths.
package path

import "strings"

// Clean is the shortest path that means the same.
func Clean(path string) string {
	rooted := strings.HasPrefix(path, "/")
	var parts []string
	for _, p := range strings.Split(path, "/") {
		switch {
		case p == "" || p == ".":
		case p == ".." && len(parts) > 0 && parts[len(parts)-1] != "..":
			parts = parts[:len(parts)-1]
		case p == ".." && rooted:
		default:
			parts = append(parts, p)
		}
	}
	out := strings.Join(parts, "/")
	switch {
	case rooted:
		return "/" + out
	case out == "":
		return "."
	}
	return out
}

// Split cuts after the last slash.
func Split(path string) (dir, file string) {
	i := strings.LastIndexByte(path, '/') + 1
	return path[:i], path[i:]
}

// Join joins the elements that are not empty.
func Join(elem ...string) string {
	var some []string
	for _, e := range elem {
		if e != "" {
			some = append(some, e)
		}
	}
	if len(some) == 0 {
		return ""
	}
	return Clean(strings.Join(some, "/"))
}

// Ext is the suffix from the last point of the last element.
func Ext(path string) string {
	_, file := Split(path)
	if i := strings.LastIndexByte(file, '.'); i >= 0 {
		return file[i:]
	}
	return ""
}

// Base is the last element.
func Base(path string) string {
	if path == "" {
		return "."
	}
	if path = strings.TrimRight(path, "/"); path == "" {
		return "/"
	}
	_, file := Split(path)
	return file
}

// Dir is all but the last element.
func Dir(path string) string {
	dir, _ := Split(path)
	return Clean(dir)
}

// IsAbs reports whether the path begins at the root.
func IsAbs(path string) bool { return strings.HasPrefix(path, "/") }
